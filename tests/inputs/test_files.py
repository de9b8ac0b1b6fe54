"""Files become text: the encodings Japanese drafts come in, and errors about one file."""

from __future__ import annotations

from pathlib import Path

import pytest

from flamecheck.errors import InputError
from flamecheck.inputs import files
from flamecheck.inputs.files import decode, expand, read_text

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
    with pytest.raises(InputError, match="cp932 として読めません"):
        decode(b"ok\x81", encoding="cp932")
    with pytest.raises(InputError, match="nope として読めません"):
        decode(b"a", encoding="nope")


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


def test_a_folder_stands_for_its_drafts_in_order(tmp_path: Path) -> None:
    for name in ("b.md", "a.txt", "sub/c.markdown", "sub/d.py", "e.yml"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x", "utf-8")
    (tmp_path / "folder.md").mkdir()
    wanted = [tmp_path / name for name in ("a.txt", "b.md", "sub/c.markdown")]
    assert expand([str(tmp_path)]) == wanted
    assert expand([str(tmp_path / "e.yml"), str(tmp_path), str(tmp_path / "a.txt")]) == [tmp_path / "e.yml", *wanted]
