"""Where the shipped rules lie; apart from what loads them, so that asking costs nothing."""

from __future__ import annotations

from pathlib import Path


def packaged() -> Path:
    """Return the folder of the shipped rules: inside the wheel, or the checkout's ``rules`` for an editable install."""
    root = Path(__file__).resolve().parent.parent
    for folder in (root / "_pack", root.parent.parent / "rules"):
        if (folder / "policies").is_dir():
            return folder
    raise FileNotFoundError(f"flamecheck の規則が見つかりません: {root / '_pack'}")
