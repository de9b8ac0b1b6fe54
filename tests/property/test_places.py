"""A pattern error stands at exactly the character that is wrong, in whatever way YAML lets the pattern be written.

The expectation is computed while the file is written: where the writer put the offending character.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flamecheck.compiler import compile_rules
from flamecheck.errors import LoadError
from flamecheck.rules.load import load_pack
from flamecheck.tokenizers.sudachi import SudachiTokenizer

WRONG = (("FC301", "", ")", ""), ("FC403", "", "<無い>", ""), ("FC304", "…", "{99}", ""), ("FC309", "(", "机", "~)"))
"""Code, what stands before the wrong thing, the wrong thing, and what stands behind it."""
CHARS = "誤解をまねく表現ガｶﾞaＡ ー😀\u3099\u0301\u200d"
WORDS = st.text(st.sampled_from(CHARS), min_size=1, max_size=12).map(lambda text: "誤" + text.strip() + "解")
TOKENIZER = SudachiTokenizer()
HEAD = """\
id: tone/sample
category: non-apology
title: 見本 # 😀
severity: high
message: 気になります
affected: 読む人
rewrite: 書き直す
"""
TAIL = "examples: {flag: [], pass: []}\n"


def _folds(draw: st.DrawFn, text: str, joint: str) -> Iterator[str]:
    """Yield the pieces a writer puts down for ``text``: now and then a line break that YAML reads as a space."""
    for char in text:
        yield joint if char == " " and draw(st.booleans()) else char


@st.composite
def broken_files(draw: st.DrawFn) -> tuple[str, str, int, int]:
    """Return a rule file with one wrong thing, its code, and the line and column where its writer put it."""
    code, opened, wrong, closed = draw(st.sampled_from(WRONG))
    before, after = draw(WORDS) + opened, closed + draw(WORDS)
    style = draw(st.sampled_from(["plain", "single", "double", "literal", "folded", "flow", "flow quoted"]))
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    if style in ("plain", "single", "double"):
        mark = {"plain": "", "single": "'", "double": '"'}[style]
        if style == "single":
            before, after = "''" + before, after + "''"
        if style == "double":
            number = ord(wrong[0])
            escapes = [
                wrong[0],
                f"\\u{number:04x}",
                f"\\U{number:08X}",
                *([f"\\x{number:02x}"] if number < 256 else []),
            ]
            wrong = draw(st.sampled_from(escapes)) + wrong[1:]
            before = draw(st.sampled_from(["", "\\t", "\\u8aa4", '\\"', "\\\n    "])) + before
        joint = draw(st.sampled_from(["\n    ", " \n   \t ", "\n    \t"]))
        opening, closing = f"match:\n  any:\n  - {mark}", f"{mark}\n"
    elif style in ("literal", "folded"):
        sign = draw(st.sampled_from(["", "-", "+", "2", "3-"]))
        joint = "\n" + " " * (2 + int(sign[0]) if sign[:1].isdecimal() else 6)
        blank = "" if sign[:1].isdecimal() else draw(st.sampled_from(["", "\n", "\n \n"]))
        opening = f"match:\n  any:\n  - {'|' if style == 'literal' else '>'}{sign}\n{blank}{joint[1:]}"
        closing = "\n"
    else:
        # { は、引用符のない値では YAML の括弧になる。
        mark = '"' if style == "flow quoted" or "{" in wrong else ""
        joint = "\n      "
        opening, closing = f"match: {{any: [表現, {{phrase: {mark}", f"{mark}, split: A}}]}}\n"
    pieces = [HEAD, opening, *_folds(draw, before, joint)]
    start = len("".join(pieces))
    text = "".join([*pieces, wrong, *_folds(draw, after, joint), closing, TAIL])
    above = text[:start]
    line, column = above.count("\n") + 1, start - (above.rfind("\n") + 1) + 1
    return draw(st.sampled_from(["", "\ufeff"])) + text.replace("\n", newline), code, line, column


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("pack")
    (made / "tone").mkdir()
    return made


@settings(deadline=None)
@given(case=broken_files())
def test_a_pattern_error_points_at_the_character_that_is_wrong(folder: Path, case: tuple[str, str, int, int]) -> None:
    text, code, line, column = case
    (folder / "tone" / "sample.yml").write_bytes(text.encode())
    with pytest.raises(LoadError) as caught:
        compile_rules(load_pack([folder]), TOKENIZER)
    found = [(d.code, d.place.line, d.place.column) for d in caught.value.diagnostics]
    assert found == [(code, line, column)]
