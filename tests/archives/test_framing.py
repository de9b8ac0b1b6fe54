"""Elements cut out of the bytes of a JSON file."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flamecheck.archives import framing
from flamecheck.archives.framing import Element, KeyPath, elements

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)
SIGNS = st.text('{}[]",:\\\na1 ;=あ', max_size=60).map(str.encode)


def cut(raw: bytes, sizes: list[int]) -> list[bytes]:
    chunks = []
    for size in sizes:
        chunks.append(raw[:size])
        raw = raw[size:]
    return [*chunks, raw]


def found(raw: bytes, sizes: list[int] | None = None, *, path: KeyPath | None = None) -> list[Element]:
    return list(elements(cut(raw, sizes or []), lambda at: path is None or at == path))


def raws(raw: bytes) -> list[bytes]:
    return [element.raw for element in found(raw)]


@given(st.lists(VALUES, max_size=6), st.lists(st.integers(1, 20), max_size=12), st.sampled_from([None, 1]))
def test_the_elements_of_an_array_are_those_of_json(values: list[Any], sizes: list[int], indent: int | None) -> None:
    raw = b"window.YTD.tweets.part0 = " + json.dumps(values, indent=indent).encode() + b";\n"
    every = found(raw, sizes)
    assert [json.loads(element.raw) for element in every] == values
    assert not any(element.flaw for element in every)


@given(SIGNS, st.lists(st.integers(1, 9), max_size=40))
def test_however_the_bytes_are_cut_the_elements_are_the_same(raw: bytes, sizes: list[int]) -> None:
    assert found(raw, sizes) == found(raw)


@given(st.lists(SIGNS, max_size=6), st.lists(st.integers(1, 9), max_size=40))
def test_broken_lines_as_well(lines: list[bytes], sizes: list[int]) -> None:
    raw = b"[\n  {" + b"},\n  {".join(lines) + b"}\n]"
    assert found(raw, sizes) == found(raw)


@given(st.lists(SIGNS, min_size=1, max_size=6))
def test_no_sign_of_an_array_is_lost(lines: list[bytes]) -> None:
    raw = b"[\n{" + b"},\n{".join(lines) + b"}\n]"
    every = b"".join(element.raw for element in found(raw))
    kept = [byte for byte in every if byte not in b"[],; \n\t"]
    assert kept == [byte for byte in raw if byte not in b"[],; \n\t"]


@given(st.dictionaries(st.text(min_size=1, max_size=4), st.lists(st.integers(), max_size=3) | VALUES, max_size=4))
def test_arrays_below_keys_are_found(whole: dict[str, Any]) -> None:
    every = found(json.dumps({"outer": whole}).encode())
    for key, value in whole.items():
        if isinstance(value, list):
            assert [json.loads(e.raw) for e in every if e.path == ("outer", key)] == value


def test_one_array_alone_is_asked_for() -> None:
    raw = b'{"posts": [{"a": 1}], "others": [[1], "]"], "deep": {"posts": [2]}, "n": "x[1]"}'
    assert [element.raw for element in found(raw, path=("posts",))] == [b'{"a": 1}']
    assert [element.raw for element in found(raw, path=("deep", "posts"))] == [b"2"]


@pytest.mark.parametrize(
    ("raw", "flaw"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \n", "empty"),
        (b"hello", "lead"),
        (b"a" * 10_000, "lead"),
        (b"<html>[1]</html>", "lead"),
        (b'[{"a": 1}', "cut"),
        (b'[{"a": "', "cut"),
        (b'[{"a": 1},', "cut"),
        (b'{"a": [1], ', "cut"),
        (b"[1] [2]", "rest"),
        (b"[1]; more", "rest"),
    ],
)
def test_what_is_wrong_with_a_file_is_told(raw: bytes, flaw: str) -> None:
    assert found(raw)[-1].flaw == flaw


@pytest.mark.parametrize(
    "raw", [b"[]", b"\xef\xbb\xbf[ ]\n", b"{}", b"window.YTD.like.part0 = [ ];\n", b'{"a": {"b": 1}}']
)
def test_an_empty_file_that_is_whole_has_nothing_wrong(raw: bytes) -> None:
    assert found(raw) == []


def test_a_missing_quotation_mark_takes_one_element() -> None:
    assert raws(b'[\n  {\n    "a": "te"xt"\n  },\n  {\n    "b": 1\n  }\n]') == [
        b'{\n    "a": "te"xt"\n  }', b'{\n    "b": 1\n  }',
    ]  # fmt: skip
    assert raws(b'[ {\n  "a": "te"xt"\n}, {\n  "b": 1\n} ]') == [b'{\n  "a": "te"xt"\n}', b'{\n  "b": 1\n}']
    assert raws(b'[{"a": "x"y"},\n{"b": 1}]') == [b'{"a": "x"y"}', b'{"b": 1}']


def test_an_element_that_is_too_large_is_cut_and_the_next_one_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(framing, "LARGEST", 5_000)
    raw = b'[{"a": "' + b"x" * 20_000 + b'"}, {"b": 1}]'
    large, small = found(raw, [1_000] * 30)
    assert (large.flaw, len(large.raw)) == ("large", framing.BEGINNING)
    assert small.raw == b'{"b": 1}'
    assert found(raw) == [large, small]


def test_nesting_without_end_is_cut_by_its_size_not_by_the_stack() -> None:
    (only,) = found(b"[" * 100_000)
    assert only.flaw == "cut"
    assert found(b'{"a":' * 100_000)[-1].flaw == "cut"
