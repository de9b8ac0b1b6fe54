"""Downloads of X: posts, threads, long posts, reposts, and nothing else."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import OWNER, POISON, PRIVATE, encrypted, folder, note, tweet, x_files, ytd, zipped

from flamecheck.archives import members
from flamecheck.archives.row import Row
from flamecheck.archives.x import _shown, open_x
from flamecheck.context import JST
from flamecheck.errors import InputError


def rows(path: Path) -> list[Row]:
    return list(open_x(path).rows())


def texts(path: Path) -> list[str]:
    return [row.document.text if row.document else "" for row in rows(path)]


def x_zip(at: Path, tweets: list[Any], **more: Any) -> Path:
    return zipped(at / "twitter.zip", x_files([tweets], **more))


def test_a_post_with_all_that_is_known_of_it(tmp_path: Path) -> None:
    more = {"favorite_count": "12", "retweet_count": "3"}
    (row,) = rows(x_zip(tmp_path, [tweet("17", "新作です &lt;3 &amp;amp;", **more)]))
    assert row.document
    assert (row.document.id, row.document.text) == ("17", "新作です <3 &amp;")
    context = row.document.context
    assert context.posted_at == datetime(2024, 3, 5, 23, 2, 11, tzinfo=JST)
    assert (context.channel, context.account, context.reach, context.reply_to) == ("x", "rei_kobo", 15, "")
    assert row.origin.url == "https://x.com/rei_kobo/status/17"
    assert row.extra == {"favorite_count": 12, "retweet_count": 3}
    assert (row.number, row.place) == (1, "data/tweets.js 1 件目")


@pytest.mark.parametrize(
    "write", [lambda at, files: zipped(at / "x.zip", files), lambda at, files: folder(at / "x", files)]
)
@pytest.mark.parametrize("root", ["", "twitter-2024-03-05-abc/"])
def test_parts_in_their_order_in_a_zip_or_a_folder(
    tmp_path: Path, write: Callable[[Path, dict[str, bytes]], Path], root: str
) -> None:
    parts = [[tweet(str(n), f"{n} 番")] for n in range(1, 13)]
    path = write(tmp_path, x_files(parts, root=root))
    assert texts(path) == [f"{n} 番" for n in range(1, 13)]
    assert [row.number for row in rows(path)] == list(range(1, 13))
    archive = open_x(path)
    read = [row.read for row in archive.rows()]
    assert read == sorted(read)
    assert 0 < read[-1] <= archive.size


def test_an_old_download_without_wrappers(tmp_path: Path) -> None:
    old = b"window.YTD.tweet.part0 = [ " + b'{"id_str": "3", "full_text": "\xe3\x81\x82"}' + b" ]\n"
    assert texts(folder(tmp_path / "old", {"data/tweet.js": old})) == ["あ"]
    assert texts(folder(tmp_path / "one", {"tweets.js": old}) / "tweets.js") == ["あ"]
    assert "アカウント名は不明" in open_x(tmp_path / "old").told[0]


def test_threads_lead_to_their_first_post(tmp_path: Path) -> None:
    own = {"in_reply_to_user_id_str": OWNER}
    posts = [
        tweet("30", "三", in_reply_to_status_id_str="20", **own),
        tweet("20", "二", in_reply_to_status_id_str="10", **own),
        tweet("10", "一"),
        tweet("40", "別"),
        tweet("50", "返信", in_reply_to_status_id_str="999", in_reply_to_user_id_str="7"),
        tweet("60", "消した投稿の続き", in_reply_to_status_id_str="55", **own),
    ]
    found = rows(x_zip(tmp_path, posts))
    assert [row.origin.thread for row in found] == ["10", "10", "10", "", "", ""]
    assert [row.origin.kind for row in found] == ["post", "post", "post", "post", "reply", "post"]
    replies = [row.document.context.reply_to for row in found if row.document]
    assert replies == ["", "", "", "", "999", ""]


def test_replies_that_run_in_a_circle_end(tmp_path: Path) -> None:
    own = {"in_reply_to_user_id_str": OWNER}
    circle = [tweet(str(n), "輪", in_reply_to_status_id_str=str(n % 3 + 1), **own) for n in (1, 2, 3)]
    assert [row.origin.thread for row in rows(x_zip(tmp_path, circle))] == ["1", "1", "1"]


def test_reposts_and_quotes_are_known(tmp_path: Path) -> None:
    url = {"url": "https://t.co/q", "expanded_url": "https://twitter.com/other/status/77", "display_url": "…"}
    quote = tweet("2", "同感です https://t.co/q", entities={"urls": [url]})
    again, cited = rows(x_zip(tmp_path, [tweet("1", "RT @other: 他の人の言葉"), quote]))
    assert (again.origin.kind, cited.origin.kind) == ("repost", "quote")
    assert cited.document
    assert (cited.document.context.quote_of, cited.document.context.post_type) == ("77", "quote-repost")
    assert cited.document.text == "同感です https://twitter.com/other/status/77"


def test_short_addresses_are_written_out_and_pictures_leave_none(tmp_path: Path) -> None:
    entities = {
        "urls": [{"url": "https://t.co/a1", "expanded_url": "https://example.jp/?a=1&lt=2"}],
        "media": [{"url": "https://t.co/p9", "media_url": "http://pbs.example/p.jpg"}],
    }
    post = tweet("1", "詳細は https://t.co/a1 と https://t.co/zz https://t.co/p9", entities=entities)
    assert texts(x_zip(tmp_path, [post])) == ["詳細は https://example.jp/?a=1&lt=2 と https://t.co/zz"]


def test_a_long_post_takes_the_place_of_its_beginning(tmp_path: Path) -> None:
    long = "長い話の始まり" + "です。" * 100
    posts = [
        tweet("1", long[:30] + "… https://t.co/x", "Sat Mar 09 13:14:15 +0000 2024"),
        tweet("2", "短い話", "Sat Mar 09 13:14:15 +0000 2024"),
    ]
    notes = [
        note("900", "別の長い話", "2024-03-09T13:14:15.000Z"),
        note(
            "901",
            long + " &amp; https://t.co/n",
            "2024-03-09T13:14:15.000Z",
            [{"shortUrl": "https://t.co/n", "expandedUrl": "https://example.jp"}],
        ),
    ]
    found = rows(x_zip(tmp_path, posts, notes=notes))
    assert [(row.document.id, row.document.text) for row in found if row.document] == [
        ("1", long + " & https://example.jp"), ("2", "短い話"), ("900", "別の長い話"),
    ]  # fmt: skip
    assert [row.number for row in found] == [1, 2, 3]


def test_what_nobody_may_open_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    real = zipfile.ZipFile.open

    def spy(self: zipfile.ZipFile, name: Any, *args: Any, **more: Any) -> Any:
        opened.append(getattr(name, "filename", name))
        return real(self, name, *args, **more)

    path = x_zip(tmp_path, [tweet("1", "あ")])
    monkeypatch.setattr(zipfile.ZipFile, "open", spy)
    assert texts(path) == ["あ"]
    assert set(opened) == {"data/tweets.js", "data/note-tweet.js", "data/account.js", "data/manifest.js"}
    assert all(f"data/{name}" in zipfile.ZipFile(path).namelist() for name in PRIVATE)


def test_private_files_of_a_folder_may_be_unreadable(tmp_path: Path) -> None:
    path = folder(tmp_path / "x", x_files([[tweet("1", "あ")]]))
    for name in PRIVATE:
        (path / "data" / name).unlink()
        (path / "data" / name).mkdir()
    assert texts(path) == ["あ"]


def test_a_broken_post_spoils_itself_alone(tmp_path: Path) -> None:
    files = x_files(
        [[tweet("1", "あ"), tweet("2", "い"), tweet("3", "う"), tweet("4", "え"), 5, tweet("6", "お", full_text=None)]]
    )
    raw = files["data/tweets.js"].replace("い".encode(), b"\xff").replace('"う"'.encode(), '"う"う"'.encode())
    found = rows(zipped(tmp_path / "x.zip", files | {"data/tweets.js": raw}))
    assert [row.error.code if row.error else "" for row in found] == [
        "",
        "encoding",
        "json",
        "",
        "row-type",
        "text-missing",
    ]
    assert found[3].document
    assert found[3].document.text == "え"
    assert "う" in found[2].raw
    assert found[1].error
    assert found[1].error.message.startswith("data/tweets.js 2 件目: ")


def test_a_file_that_breaks_off_says_so(tmp_path: Path) -> None:
    files = x_files([[tweet(str(n), "あ") for n in range(3)], [tweet("9", "次")]])
    found = rows(folder(tmp_path / "x", files | {"data/tweets.js": files["data/tweets.js"][:-200]}))
    assert [row.error.code if row.error else "" for row in found] == ["", "", "json", ""]
    assert found[2].error
    assert "途切れ" in found[2].error.message


def test_a_part_the_manifest_names_and_nobody_has_is_told(tmp_path: Path) -> None:
    *_, last = rows(x_zip(tmp_path, [tweet("1", "あ")], missing=["tweets-part1.js"]))
    assert last.error
    assert (last.error.code, last.number, last.place) == ("archive", 2, "data/tweets-part1.js 1 件目")


def test_odd_moments_and_ids_keep_the_post(tmp_path: Path) -> None:
    odd = tweet("x", "あ", "昨日")
    bare = {"tweet": {"full_text": "い"}}
    far = tweet("9" * 40, "う", "Tue Xxx 45 99:99:99 +0000 0000")
    found = rows(x_zip(tmp_path, [odd, bare, far]))
    assert [row.document.id for row in found if row.document] == ["x", 2, "9" * 40]
    assert all(row.document.context.posted_at is None for row in found if row.document)
    assert found[0].extra["created_at"] == "昨日"


def test_a_folder_that_is_no_download(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"tweets\.js") as caught:
        open_x(folder(tmp_path / "x", {"data/other.js": b""}))
    assert caught.value.code == "archive"


def test_a_password_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="パスワード"):
        open_x(encrypted(x_zip(tmp_path, [tweet("1", "あ")])))


def test_only_private_members_with_a_password_are_none_of_our_business(tmp_path: Path) -> None:
    path = x_zip(tmp_path, [tweet("1", "あ")])
    raw = path.read_bytes()
    at = raw.find(b"data/like.js", raw.find(b"PK\x01\x02")) - 46
    path.write_bytes(raw[: at + 8] + bytes([raw[at + 8] | 1]) + raw[at + 9 :])
    assert texts(path) == ["あ"]


def test_a_zip_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(members, "_HARMLESS", 100_000)
    files = x_files([[tweet("1", "あ" * 1_000_000)]])
    with pytest.raises(InputError, match="圧縮率"):
        open_x(zipped(tmp_path / "x.zip", files))


@pytest.mark.parametrize("name", ["../data/tweets.js", "/data/tweets.js", "C:\\data\\tweets.js", "a/../../b.js"])
def test_names_that_lead_outside_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="外を指す"):
        open_x(zipped(tmp_path / "x.zip", x_files([[tweet("1", "あ")]]) | {name: POISON}))


def test_a_zip_that_breaks_off(tmp_path: Path) -> None:
    path = x_zip(tmp_path, [tweet("1", "あ")])
    path.write_bytes(path.read_bytes()[:-300])
    with pytest.raises(InputError, match="途中で切れている"):
        open_x(path)


def test_a_member_with_damaged_bytes_is_a_row(tmp_path: Path) -> None:
    files = x_files([[tweet(str(n), "あ") for n in range(400)], [tweet("9", "次")]])
    path = zipped(tmp_path / "x.zip", files)
    raw = bytearray(path.read_bytes())
    at = raw.find(b"data/tweets.js") + 200
    raw[at : at + 40] = b"\xff" * 40
    path.write_bytes(raw)
    found = rows(path)
    codes = [row.error.code for row in found if row.error]
    assert "archive" in codes
    assert found[-1].document
    assert found[-1].document.text == "次"


@given(st.text())
def test_entities_are_decoded_once(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert _shown(escaped, {}) == text


@given(st.lists(st.text(), max_size=4))
def test_any_text_comes_through(said: list[str]) -> None:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as at:
        plain = [text.replace("&", "&amp;") for text in said]
        files = {"data/tweets.js": ytd("tweets", [tweet(str(n), text) for n, text in enumerate(plain)])}
        assert texts(folder(Path(at), files)) == said
