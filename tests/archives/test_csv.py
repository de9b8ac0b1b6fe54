"""Tables of text: whatever tool wrote them, in whatever encoding, however broken."""

from __future__ import annotations

import contextlib
import csv
import io
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from flamecheck.archives.csv import open_csv
from flamecheck.archives.row import Asked, Row
from flamecheck.errors import InputError

HEADER = ["投稿日時", "本文", "担当"]


def rows(path: Path, raw: bytes | str, **asked: str) -> list[Row]:
    path.write_bytes(raw.encode() if isinstance(raw, str) else raw)
    archive = open_csv(path, Asked(columns=asked))
    found = list(archive.rows())
    assert [plainly(row) for row in found] == [plainly(row) for row in archive.rows()]
    assert [row.number for row in found] == list(range(1, len(found) + 1))
    assert all(row.read <= archive.size for row in found)
    return found


def plainly(row: Row) -> tuple[object, ...]:
    document = row.document and (row.document.id, row.document.text, row.document.context)
    return row.place, row.read, document, row.origin, row.extra, str(row.error), row.raw


def texts(found: list[Row]) -> list[str | None]:
    """Return the text of each row; None for a blank one, the code for a broken one."""
    return [row.document.text if row.document else row.error.code if row.error else None for row in found]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "posts.csv"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("laws") / "posts.csv"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp932", "euc_jp", "iso2022_jp"])
def test_every_encoding_of_a_japanese_office(path: Path, encoding: str) -> None:
    table = (
        "投稿日時,本文\r\n2024/3/5 9:00,きょうは「春の市」です。会場でお待ちしています。\r\n2024/3/6,カタカナとabc\r\n"
    )
    found = rows(path, table.encode(encoding))
    assert texts(found) == ["きょうは「春の市」です。会場でお待ちしています。", "カタカナとabc"]
    told = open_csv(path, Asked()).told
    assert any("文字コード" in line for line in told) == (encoding != "utf-8")


def test_a_file_that_becomes_japanese_late(path: Path) -> None:
    table = "text\r\n" + "a line of letters\r\n" * 6_000 + "おわりです\r\n"
    assert texts(rows(path, table.encode("cp932")))[-1] == "おわりです"


def test_an_encoding_the_user_names_goes_before(path: Path) -> None:
    path.write_bytes("本文\né\n".encode("cp932", "ignore") + b"\xc3\xa9\n")
    assert texts(list(open_csv(path, Asked(encoding="cp932")).rows()))[-1] == "ﾃｩ"
    with pytest.raises(InputError, match="nonsense"):
        open_csv(path, Asked(encoding="nonsense"))


def test_a_byte_that_cannot_be_read_costs_its_row_alone(path: Path) -> None:
    raw = "本文,担当\nよい行です,a\n".encode() + b"\xff\x82\xa0,b\n" + "つぎの行です,c\n".encode()
    found = rows(path, raw)
    assert texts(found) == ["よい行です", "encoding", "つぎの行です"]
    assert found[1].error is not None
    assert found[1].error.line == 3
    assert "\ufffd" in found[1].raw


def test_lines_for_an_editor_and_rows_for_excel(path: Path) -> None:
    found = rows(path, '本文,担当\n"一\n二\n三",a\n\n四,b\n')
    assert texts(found) == ["一\n二\n三", None, "四"]
    name = path.as_posix()
    assert [row.place for row in found] == [
        f"{name} 2 行目",
        f"{name} 5 行目（表では 3 行目）",
        f"{name} 6 行目（表では 4 行目）",
    ]


def test_a_quotation_that_is_not_closed_takes_only_its_line(path: Path) -> None:
    body = "".join(f"{n}番目の投稿です,a\n" for n in range(50))
    found = rows(path, f'本文,担当\n"閉じない,a\n{body}')
    assert texts(found) == ["quotes", *(f"{n}番目の投稿です" for n in range(50))]
    quoted = "".join(f'"{n}番目の\n投稿です",a\n' for n in range(50))
    found = rows(path, f'本文,担当\n"閉じない,a\n{quoted}')
    assert texts(found) == ["quotes", *(f"{n}番目の\n投稿です" for n in range(50))]


def test_a_quotation_that_is_not_closed_far_from_the_end(path: Path) -> None:
    body = "".join(f"{n}番目,a\n" for n in range(12_000))
    assert texts(rows(path, f'本文,担当\n"閉じない,a\n{body}')) == ["quotes", *(f"{n}番目" for n in range(12_000))]


def test_a_file_cut_inside_a_cell_loses_one_record(path: Path) -> None:
    found = rows(path, '本文,担当\nよい,a\n"一行目\n二行目\n三行')
    assert texts(found) == ["よい", "quotes"]
    assert found[1].raw == '"一行目\n二行目\n三行'


def test_a_fragment_of_a_broken_record_is_no_post(path: Path) -> None:
    found = rows(path, '担当,本文,日付\na,"一行目\n彼は "はい" と\n三行目",2024\nb,つぎ,2024\n')
    assert "つぎ" in texts(found)
    assert set(texts(found)) == {"quotes", "cells", "つぎ"}
    assert "".join(row.raw for row in found) == 'a,"一行目\n彼は "はい" と\n三行目",2024\n'


def test_marks_inside_words_and_doubled_marks(path: Path) -> None:
    assert texts(rows(path, '本文,担当\n"""春""の市",a\n5" の画面,b\n')) == ['"春"の市', '5" の画面']


def test_marks_behind_a_backslash_are_told(path: Path) -> None:
    found = rows(path, '本文,担当\n"彼は \\"はい\\" と言った",a\n"つぎ",b\n')
    assert texts(found) == ['彼は "はい" と言った', "つぎ"]
    assert any('\\"' in line for line in open_csv(path, Asked()).told)


def test_a_cell_that_ends_in_a_backslash_is_no_other_dialect(path: Path) -> None:
    assert texts(rows(path, '本文,担当\n"場所は C:\\",a\n"""春"" の市\\",b\n')) == ["場所は C:\\", '"春" の市\\']


def test_ragged_rows(path: Path) -> None:
    found = rows(path, "本文,担当,日付\n短い\n晴れ, のち雨,a,2024/3/5\n長い,a,2024/3/5,,,\n最後に切れ")
    assert texts(found) == ["短い", "cells", "長い", "cells"]


def test_nul_and_other_signs_stay(path: Path) -> None:
    assert texts(rows(path, "本文,担当\na\0b,c\n𠮷野家\u2028\x0b\x85,d\n")) == ["a\0b", "𠮷野家\u2028\x0b\x85"]


def test_headers_that_are_missing_or_double(path: Path) -> None:
    found = rows(path, "本文,,メモ,メモ\nあ,い,う,え\n")
    assert found[0].extra == {"2 列目": "い", "メモ": "う", "メモ（4 列目）": "え"}


def test_a_table_without_headers(path: Path) -> None:
    table = "2024/3/5 9:00,きょうは市です,a.png\n2024/3/6 9:00,あすは休みです,b.png\n"
    path.write_text(table, "utf-8")
    with pytest.raises(InputError, match="--column text=2") as caught:
        open_csv(path, Asked())
    assert caught.value.code == "columns"
    found = rows(path, table, text="2", posted_at="1列目")
    assert texts(found) == ["きょうは市です", "あすは休みです"]
    assert found[0].document is not None
    assert str(found[0].document.context.posted_at) == "2024-03-05 09:00:00+09:00"


def test_a_column_that_is_not_there(path: Path) -> None:
    path.write_text("日付,企画\n2024/3/5,春の市のお知らせをする\n", "utf-8")
    with pytest.raises(InputError, match="見出し: 「日付」「企画」。本文の列を --column text=企画"):
        open_csv(path, Asked())
    with pytest.raises(InputError, match="「文」という列がありません"):
        open_csv(path, Asked(columns={"text": "文"}))
    with pytest.raises(InputError, match="もしかして: posted_at"):
        open_csv(path, Asked(columns={"posted-at": "日付"}))


def test_what_the_user_maps_must_be_readable_and_what_was_guessed_need_not(path: Path) -> None:
    table = "日付,本文,媒体\n未定,あ,X\n2024/3/5,い,TikTok\n"
    assert [row.extra for row in rows(path, table)] == [{"日付": "未定"}, {"媒体": "TikTok"}]
    found = rows(path, table, posted_at="日付", channel="媒体")
    assert texts(found) == ["context-value", "context-value"]
    assert found[0].raw == "未定\tあ\tX"


@pytest.mark.parametrize(
    ("name", "sign"), [("posts.csv", "\t"), ("posts.tsv", ","), ("posts.csv", ";"), ("posts.csv", "|")]
)
def test_another_delimiter_is_told(tmp_path: Path, name: str, sign: str) -> None:
    path = tmp_path / name
    assert texts(rows(path, f"日付{sign}本文\n2024/3/5{sign}晴れ\n")) == ["晴れ"]
    assert any("区切り" in line for line in open_csv(path, Asked()).told)


def test_what_excel_is_told_and_titles_above_the_headers(path: Path) -> None:
    found = rows(path, "sep=;\r\n投稿レポート;;\r\n\r\n日付;本文;担当\r\n2024/3/5;晴れ, のち雨;a\r\n")
    assert texts(found) == ["晴れ, のち雨"]
    assert found[0].place.endswith("5 行目")
    assert any("見出しは 4 行目" in line for line in open_csv(path, Asked()).told)


def test_an_empty_cell_says_that_a_post_answers_nothing(path: Path) -> None:
    found = rows(path, "text,in_reply_to_status_id\nRT @acme: あ,\nい,99\n")
    assert [row.document.context.reply_to for row in found if row.document] == ["", "99"]
    assert [row.origin.kind for row in found] == ["repost", "reply"]


def test_a_header_that_only_begins_like_the_text(path: Path) -> None:
    assert texts(rows(path, "種別,本文案２\ntweet,あ\npost,い\n")) == ["あ", "い"]


def test_a_table_of_one_column_keeps_its_commas(path: Path) -> None:
    assert texts(rows(path, '本文\n晴れ, のち雨\n"一\n二"\n')) == ["晴れ, のち雨", "一\n二"]
    assert not any("区切り" in line for line in open_csv(path, Asked()).told)


def test_a_cell_of_megabytes_and_a_line_without_end(path: Path) -> None:
    long = "あ" * 1_000_000
    assert texts(rows(path, f"本文,担当\n{long},a\nつぎ,b\n")) == [long, "つぎ"]
    endless = "あ" * 8_000_001
    found = rows(path, f"本文,担当\n{endless},a\nつぎ,b\n")
    assert texts(found) == ["too-large", "つぎ"]
    assert len(found[0].raw) < 30_000


@pytest.mark.parametrize("raw", [b"", b"\n\n", b"\xef\xbb\xbf", b"\0\0\0\0", b"\xff\xfe"])
def test_a_file_without_a_table(path: Path, raw: bytes) -> None:
    path.write_bytes(raw)
    with pytest.raises(InputError, match="本文の列が分かりません"):
        open_csv(path, Asked())


cells = st.text(st.characters(codec="utf-8"), max_size=12) | st.text('",\t;\n\r\\あ亜a', max_size=12)
kanji = st.text(st.sampled_from("あ亜ｱ表ソ能①〜A '") | st.sampled_from('",\n'), max_size=12)


@given(
    st.lists(st.tuples(cells, cells, cells), max_size=6),
    st.sampled_from(",\t;|"),
    # QUOTE_MINIMAL だけは、行末に選ばなかったほうの改行を囲まずに書く。
    st.sampled_from([("\r\n", csv.QUOTE_MINIMAL), *((e, csv.QUOTE_ALL) for e in ("\r\n", "\n", "\r"))]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_what_a_writer_writes_is_read(
    shared: Path, table: list[tuple[str, str, str]], sign: str, ended: tuple[str, int], encoding: str
) -> None:
    found = rows(shared, written(table, sign, *ended).encode(encoding))
    expected = [[cell for cell in cells if cell] for cells in table]
    assert [seen(row) for row in found] == [seen_of(cells) for cells in table], expected


@given(st.lists(st.tuples(kanji, kanji, kanji), min_size=1, max_size=6), st.sampled_from(["cp932", "euc_jp"]))
def test_what_a_writer_writes_in_an_old_encoding_is_read(
    shared: Path, table: list[tuple[str, str, str]], encoding: str
) -> None:
    raw = written(table, ",", "\r\n", csv.QUOTE_MINIMAL).encode(encoding, "replace")
    table = [tuple(cell.encode(encoding, "replace").decode(encoding) for cell in cells) for cells in table]  # type: ignore[misc]
    shared.write_bytes(raw)
    found = list(open_csv(shared, Asked(encoding=encoding)).rows())
    assert [seen(row) for row in found] == [seen_of(cells) for cells in table]


@given(
    st.integers(0, 400),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp932", "euc_jp"]),
    st.sampled_from([("\r\n", csv.QUOTE_MINIMAL), ("\n", csv.QUOTE_ALL), ("\r", csv.QUOTE_ALL)]),
)
@example(0, "utf-8", ("\n", csv.QUOTE_ALL))
def test_a_file_cut_anywhere_gives_rows_or_errors_that_add_up(
    shared: Path, length: int, encoding: str, ended: tuple[str, int]
) -> None:
    table = [("2024/3/5", f"{n}番目の「投稿」、\nつぎの行です", "あ") for n in range(8)]
    whole = written(table, ",", *ended).encode(encoding)
    raw = whole[: len(whole) * length // 400]
    shared.write_bytes(raw)
    if raw.count(b"\n") + raw.count(b"\r") < 1:
        with contextlib.suppress(InputError):
            assert list(open_csv(shared, Asked()).rows()) == []
        return
    found = list(open_csv(shared, Asked()).rows())
    good = [row.document.text for row in found if row.document]
    assert good == [text for _, text, _ in table[: len(good)]]
    assert len(found) - len(good) <= 1


@given(st.binary(max_size=60))
def test_no_bytes_raise_anything_else(shared: Path, raw: bytes) -> None:
    shared.write_bytes("本文,日付\n".encode() + raw)
    try:
        found = list(open_csv(shared, Asked()).rows())
    except InputError:
        return
    assert all(row.document is None or row.error is None for row in found)


def written(table: list[tuple[str, str, str]], sign: str, end: str, quoting: int) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=sign, lineterminator=end, quoting=quoting)  # type: ignore[arg-type]
    writer.writerow(HEADER)
    writer.writerows(table)
    return out.getvalue()


def seen(row: Row) -> tuple[str | None, str | None]:
    assert row.error is None
    text = row.document.text if row.document else None
    return text, str(row.extra.get("担当")) if "担当" in row.extra else None


def seen_of(cells: tuple[str, str, str]) -> tuple[str | None, str | None]:
    blank = not cells[1].strip()
    return (None, None) if blank else (cells[1], cells[2] or None)
