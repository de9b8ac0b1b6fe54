"""The worked examples of docs/grammar.md are what the engine does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from flamecheck.screener import Screener

PAGE = Path(__file__).parents[1] / "docs" / "grammar.md"
HEAD = (
    "id: tone/{name}\ncategory: snark-provocation\ntitle: 見本\nseverity: low\nmessage: 「{{matched}}」です。\n"
    "affected: 読む人\nrewrite: 書き直す\n"
)


def matches() -> list[str]:
    """Return every ``match:`` that stands alone in a block of the page."""
    blocks = re.findall(r"```yaml\n(match:.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    return [match for block in blocks for match in re.split(r"\n(?=match:)", block.strip())]


@pytest.fixture(scope="module")
def screener(tmp_path_factory: pytest.TempPathFactory) -> Screener:
    folder = tmp_path_factory.mktemp("pack")
    (folder / "tone").mkdir()
    for number, match in enumerate(matches()):
        name = f"m{number}"
        text = HEAD.format(name=name) + match + "\nexamples: {flag: [], pass: []}\n"
        (folder / "tone" / f"{name}.yml").write_text(text, "utf-8")
    return Screener(packs=[folder], shipped=False)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("必ず必ず必ず", ["必ず必ず必ず"]),
        ("送料無料です。しかも本日限り", ["送料無料です。しかも本日限り"]),
        ("送料無料、ずっと送料無料", []),
        ("さすが本社のご判断ですねえ(笑)", ["さすが本社のご判断ですねえ(笑"]),
        ("さすがの技術です", []),
        ("さすがですねえ、ありがとう(笑)", []),
        ("あいつってとてもバカ", ["あいつってとてもバカ"]),
        ("あいつは\n無能だ", ["あいつは\n無能"]),
        ("あいつは有能だ", []),
    ],
)
def test_the_sentences_of_the_page(screener: Screener, text: str, found: list[str]) -> None:
    assert [finding.matched.rstrip(")") for finding in screener.screen(text).report.findings] == found


@pytest.mark.parametrize(
    ("context", "found"),
    [
        ({"posted_at": "2026-05-12T12:30", "scheduled": True}, ["おやすみなさい"]),
        ({"posted_at": "2026-05-12T22:30", "scheduled": True}, []),
        ({"posted_at": "2026-05-12T12:30"}, []),
    ],
)
def test_the_context_of_the_page(screener: Screener, context: dict[str, object], found: list[str]) -> None:
    report = screener.screen("おやすみなさい、よい夢を", context=context).report
    assert [finding.matched for finding in report.findings] == found
