"""The page on what the pack holds is current."""

from __future__ import annotations

from catalog import PAGE, ROOT, page

from flamecheck.rules.load import load_pack


def test_the_page_is_current() -> None:
    # 古いときは python tools/catalog.py で作りなおす。
    assert PAGE.read_text("utf-8") == page(load_pack([ROOT / "rules"]))
