"""YAML as events and comments, for files that may say anything YAML can."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flamecheck.errors import LoadError
from flamecheck.yamlsource import read_comments, read_events

TEXT = """# あ
a: 1 # 行末
b: |  # 見出し
  本文 # 値
# 後
c: "x # 値" # 🐶
d: [a, # 途中
  it's#値] #終
--- #次
- &x !tag 犬 # 目印
- *x
# 最後"""


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_comments_and_nothing_else(end: str) -> None:
    text = TEXT.replace("\n", end)
    found = [text[span.start + 1 : span.end].strip() for span in read_comments(text)]
    assert found == ["あ", "行末", "見出し", "後", "🐶", "途中", "終", "次", "目印", "最後"]


def test_events_have_their_place() -> None:
    events = [(event.kind, TEXT[event.span.start : event.span.end], event.name) for event in read_events(TEXT)]
    assert events[-5:] == [
        ("document", "---", ""),
        ("sequence", "", ""),
        ("scalar", "&x !tag 犬", "x"),
        ("alias", "*x", "x"),
        ("end", "", ""),
    ]


def test_what_is_no_yaml_is_an_error_with_a_place() -> None:
    with pytest.raises(LoadError) as caught:
        read_events("a: b\nc: 'd\n")
    assert (caught.value.diagnostics[0].code, caught.value.diagnostics[0].place.line) == ("FC103", 2)


@given(
    st.lists(
        st.sampled_from(["a: ", "- ", "犬", "# x", " #", "\n", "  ", "'", '"', "|\n", "[", "]", ",", "&a ", "*a"]),
        max_size=14,
    )
)
def test_what_is_parsed_has_its_comments_at_a_sign(pieces: list[str]) -> None:
    text = "".join(pieces)
    try:
        read_events(text)
    except LoadError:
        return
    assert all(text[span.start] == "#" for span in read_comments(text))
