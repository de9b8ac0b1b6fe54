"""The map from a scalar's value to the file; the parser's own values and positions are the judge."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from flamecheck.spans import Span
from flamecheck.yamlscalar import decode

PIECES = [
    "誤",
    "解",
    "a",
    " ",
    "  ",
    "\t",
    "''",
    '\\"',
    "\\n",
    "\\u3042",
    "\\x41",
    "ｶﾞ",
    "か\u3099",
    "👩\u200d🚒",
    "#",
    "-",
]
BREAKS = ["\n", "\n\n", "\r\n", "\\\n", " \n  "]
HEADERS = ["|", "|-", "|+", ">", ">-", ">+", "|2", ">4-"]


@st.composite
def files(draw: st.DrawFn) -> str:
    """Return a file with one list that holds one scalar in any of the five styles, valid or not."""
    body = "".join(draw(st.lists(st.sampled_from([*PIECES, *BREAKS]), min_size=1, max_size=10)))
    style = draw(st.sampled_from(["", "'", '"', *HEADERS]))
    if style in ("", "'", '"'):
        return "k:\n  - " + style + body.replace("\n", "\n    ") + style + "\n"
    indent = draw(st.sampled_from(["    ", "      "]))
    tail = draw(st.sampled_from(["", "\n", "\n\n", "\n \n# 注\nj: x\n"]))
    return f"k:\n  - {style}\n{indent}" + body.replace("\n", "\n" + indent) + tail


@pytest.mark.parametrize("loader", [yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)])
@given(text=files())
def test_every_scalar_decodes_to_the_value_of_the_parser(loader: type[yaml.SafeLoader], text: str) -> None:
    try:
        events = list(yaml.parse(text, Loader=loader))
    except yaml.YAMLError:
        return
    for event in events:
        if isinstance(event, yaml.ScalarEvent) and event.value:
            start, end = event.start_mark, event.end_mark
            assert start
            assert end
            mapped = decode(text[start.index : end.index], event.value)
            assert mapped is not None
            assert mapped.text == event.value


@pytest.mark.parametrize(
    ("raw", "value", "offset", "written"),
    [
        ("誤解を招く", "誤解を招く", 2, "を"),
        ("誤解\n    を招く", "誤解 を招く", 3, "を"),
        ("誤解\r\n\r\n    を招く", "誤解\nを招く", 3, "を"),
        ("'誤''解'", "誤'解", 1, "''"),
        ("'誤''解'", "誤'解", 2, "解"),
        (r'"誤\u89e3を"', "誤解を", 1, r"\u89e3"),
        (r'"誤\u89e3を"', "誤解を", 2, "を"),
        ('"誤\\\n    解"', "誤解", 1, "解"),
        ("|\n  誤\n   解\n", "誤\n 解\n", 3, "解"),
        ("|2-\n   誤\n  解\n", " 誤\n解", 3, "解"),
        (">-\n  誤\n  解\n\n  を", "誤 解\nを", 2, "解"),
        (">-\n  誤\n  解\n\n  を", "誤 解\nを", 4, "を"),
    ],
)
def test_an_offset_in_the_value_leads_to_the_character_as_written(
    raw: str, value: str, offset: int, written: str
) -> None:
    mapped = decode(raw, value)
    assert mapped is not None
    span = mapped.to_source(Span(offset, offset + 1))
    assert raw[span.start : span.end] == written


def test_a_value_that_is_not_the_one_written_has_no_map() -> None:
    assert decode("誤解", "正解") is None
    assert decode("|誤解", "誤解") is None
