"""Files become text: the encodings Japanese drafts come in, and errors about one file."""

from __future__ import annotations

from pathlib import Path

import pytest

from flamecheck.errors import InputError
from flamecheck.inputs import files
from flamecheck.inputs.files import decode, read_text

TEXT = "このたびの件で、ご迷惑をおかけしました。①㈱ｷﾞﾌﾄ\r\n～－\n"


@pytest.mark.parametrize("prefix", [b"", b"\xef\xbb\xbf"])
def test_utf8_is_read_without_a_word(prefix: bytes) -> None:
    assert decode(prefix + TEXT.encode()) == (TEXT, "")


def test_cp932_is_read_and_said() -> None:
    text, note = decode(TEXT.encode("cp932"))
    assert text == TEXT
    assert "CP932" in note


@pytest.mark.parametrize("draft", ["お詫びします", "このたびの件で、ご迷惑をおかけしました。", "地震に便乗したセール"])
def test_euc_jp_is_not_taken_for_half_width_kana(draft: str) -> None:
    text, note = decode(draft.encode("euc_jp"))
    assert text == draft
    assert "EUC-JP" in note


def test_a_named_encoding_is_the_only_one_tried() -> None:
    assert decode("あ".encode("utf-16"), encoding="utf-16") == ("あ", "")
    assert decode("\ufeffあ".encode(), encoding="utf-8") == ("あ", "")
    with pytest.raises(InputError, match="cp932 として読めません"):
        decode(b"ok\x81", encoding="cp932")
    with pytest.raises(InputError, match="nope として読めません"):
        decode(b"a", encoding="nope")


@pytest.mark.parametrize("name", ["utf-16", "utf-32"])
def test_a_mark_says_utf16(name: str) -> None:
    text, note = decode(TEXT.encode(name))
    assert text == TEXT
    assert name.upper() in note
    with pytest.raises(InputError, match="として読めません"):
        decode(TEXT.encode(name)[:-1])


@pytest.mark.parametrize("name", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_not_misread(name: str) -> None:
    for draft in ("ああ\n", "<p>このたびの件で\r\n</p>", TEXT):
        with pytest.raises(InputError, match=f"--encoding {name}") as caught:
            decode(draft.encode(name))
        assert caught.value.code == "encoding"
    assert decode("a\0いろは\0".encode()) == ("a\0いろは\0", "")


def test_seven_bits_are_not_misread() -> None:
    text, note = decode("お詫びします。\n".encode("iso2022_jp"))
    assert text == "お詫びします。\n"
    assert "ISO-2022-JP" in note


@pytest.mark.parametrize(
    ("charset", "name"),
    [("Shift_JIS", "cp932"), ("EUC-JP", "euc_jp"), ("windows-1252", "cp1252"), ("big5", "big5")],
)
def test_a_page_says_its_encoding(charset: str, name: str) -> None:
    page = f'<!DOCTYPE html>\n<meta charset="{charset}"><p>' + {"cp1252": "café", "big5": "中文"}.get(
        name, "①ｱｱ犬"[name != "cp932" :]
    )
    text, note = decode(page.encode(name))
    assert text == page
    assert charset.lower() in note


@pytest.mark.parametrize("charset", ["shift_jis", "nonsense", "utf-8", "UTF8"])
def test_a_page_in_utf8_is_read_as_such_whatever_it_says(charset: str) -> None:
    page = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">犬'
    text, note = decode(page.encode())
    assert text == page
    assert bool(note) == (charset == "shift_jis")


def test_no_encoding_fits() -> None:
    with pytest.raises(InputError) as caught:
        decode(b"ok\n\xff\xff\x80\x00")
    assert (caught.value.code, caught.value.line) == ("encoding", 2)


@pytest.mark.parametrize("raw", [b"", b"\0", b"\x1b[31m", b"\n" * 1000])
def test_empty_and_control_characters_are_text(raw: bytes) -> None:
    assert decode(raw) == (raw.decode(), "")


def test_a_file_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError) as caught:
        read_text(tmp_path / "none.txt")
    assert caught.value.code == "unreadable"
    with pytest.raises(InputError) as caught:
        read_text(tmp_path)
    assert caught.value.code == "unreadable"
    monkeypatch.setattr(files, "MAX_BYTES", 3)
    (tmp_path / "big.txt").write_bytes(b"abcd")
    with pytest.raises(InputError) as caught:
        read_text(tmp_path / "big.txt")
    assert caught.value.code == "too-large"
