"""Small packs for the tests of the review."""

from __future__ import annotations

from pathlib import Path

RULE = """\
id: tone/sample
category: non-apology
title: 見本
severity: high
status: stable
message: 「{matched}」は気になります。
affected: 読む人
rewrite: 書き直す
match: {match}
unless: {unless}
examples:
  flag: {flag}
  pass: {passes}
"""
LEXICON = "id: {id}\ntitle: 語\nsense: 意味\nsource: 辞書\nentries: [{entries}]\n"


def rule(match: str, flag: str, passes: str = "[よい天気です]", unless: str = "[]", *, status: str = "stable") -> str:
    """Return the text of the rule ``tone/sample``."""
    text = RULE.replace("{match}", match).replace("{flag}", flag).replace("{passes}", passes)
    return text.replace("{unless}", unless).replace("status: stable", f"status: {status}")


def pack(folder: Path, files: dict[str, str]) -> Path:
    """Write a pack below ``folder`` and return it."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder
