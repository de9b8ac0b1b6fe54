"""Tables in the layouts of real tools (the posts are invented): what is guessed of each, and what becomes of a row."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from flamecheck.archives.open import open_archive
from flamecheck.archives.row import Asked, Row

NAMES = ("posted_at", "channel", "account", "reach", "post_type", "scheduled")


def known(row: Row) -> dict[str, Any]:
    """Return what is known of a post besides its text."""
    assert row.document is not None, row
    context = row.document.context
    values = {name: getattr(context, name) for name in NAMES if getattr(context, name) is not None}
    if context.posted_at:
        values["posted_at"] = context.posted_at.isoformat()[: 16 if context.timed else 10]
    return values | ({"url": row.origin.url} if row.origin.url else {})


def read(path: Path, raw: str, encoding: str = "utf-8-sig") -> list[Row]:
    path.write_bytes(raw.encode(encoding))
    return list(open_archive(path, Asked()).rows())


CASES = {
    "hootsuite.csv": (
        (
            "Post Performance\r\nDate range: 2024-03-01 to 2024-03-31\r\n\r\n"
            "Date (GMT),Post ID,Post Permalink,Social Network,Social Profile,Post Message,Post Type,Post Reach,Post Impressions\r\n"
            '2024-03-05 00:30:00,178,https://www.facebook.com/acme/posts/178,FACEBOOK,ACME 公式,"春の市、\r\nはじまります",link,"1,024",2048\r\n'
        ),
        "utf-8-sig",
        ("春の市、\r\nはじまります", "178"),
        {
            "posted_at": "2024-03-05T09:30",
            "channel": "facebook",
            "reach": 1024,
            "url": "https://www.facebook.com/acme/posts/178",
        },
        {"Social Profile": "ACME 公式", "Post Type": "link", "Post Impressions": "2048"},
    ),
    "buffer.csv": (
        'Date,Time,Post,Link,Channel,Tags,Likes,Impressions\n"Mar 5, 2024",9:30 AM,新しい味が出ました,https://x.com/acme/status/9,twitter,新商品,12,3400\n',
        "utf-8",
        ("新しい味が出ました", None),
        {"posted_at": "2024-03-05T09:30", "channel": "x", "reach": 3400, "url": "https://x.com/acme/status/9"},
        {"Tags": "新商品", "Likes": "12"},
    ),
    "socialdog.csv": (
        (
            "投稿日時,投稿ID,投稿本文,投稿URL,インプレッション数,エンゲージメント数,いいね数\r\n"
            "2024/03/05 9:30:00,1764800000000000001,お知らせです,https://twitter.com/acme/status/1764800000000000001,１２３４,5,2\r\n"
        ),
        "cp932",
        ("お知らせです", "1764800000000000001"),
        {
            "posted_at": "2024-03-05T09:30",
            "channel": "x",
            "reach": 1234,
            "url": "https://twitter.com/acme/status/1764800000000000001",
        },
        {"エンゲージメント数": "5", "いいね数": "2"},
    ),
    "statusbrew.csv": (
        "公開日時,プロフィール,ネットワーク,キャプション,パーマリンク,リーチ,ラベル\n03/25/24 09:30,acme_jp,Instagram,写真の日です,https://www.instagram.com/p/abc/,-,\n",
        "utf-8",
        ("写真の日です", None),
        {
            "posted_at": "2024-03-25T09:30",
            "account": "acme_jp",
            "channel": "instagram",
            "url": "https://www.instagram.com/p/abc/",
        },
        {"リーチ": "-"},
    ),
    "twitter_analytics.csv": (
        '"Tweet id","Tweet permalink","Tweet text","time","impressions","engagements"\n"17","https://twitter.com/acme/status/17","朝です","2024-03-05 00:30 +0000","340.0","3.0"\n',
        "utf-8",
        ("朝です", "17"),
        {"posted_at": "2024-03-05T09:30", "channel": "x", "reach": 340, "url": "https://twitter.com/acme/status/17"},
        {"engagements": "3.0"},
    ),
    "meta_business_suite.csv": (
        (
            "投稿ID,アカウントID,アカウントのユーザーネーム,アカウント名,説明,長さ(秒),公開日時,固定リンク,投稿タイプ,データコメント,日付,ビュー,リーチ\n"
            "180,17841,acme,ACME,春の写真,0,03/05/2024 09:30,https://www.instagram.com/p/xyz/,IG画像,,Lifetime,900,700\n"
        ),
        "utf-8-sig",
        ("春の写真", "180"),
        {
            "posted_at": "2024-03-05T09:30",
            "account": "ACME",
            "channel": "instagram",
            "reach": 700,
            "url": "https://www.instagram.com/p/xyz/",
        },
        {
            "アカウントID": "17841",
            "アカウントのユーザーネーム": "acme",
            "長さ(秒)": "0",
            "投稿タイプ": "IG画像",
            "日付": "Lifetime",
            "ビュー": "900",
        },
    ),
    "自社の投稿管理表.csv": (
        "No.,投稿予定日,時間,投稿先,カテゴリ,投稿文（140字以内）,画像,担当,承認\r\n１,2024年3月5日(火),９：３０,X（旧Twitter）,キャンペーン,抽選で当たります,a.png,山田,済\r\n",
        "cp932",
        ("抽選で当たります", "１"),
        {"posted_at": "2024-03-05T09:30", "channel": "x", "post_type": "campaign"},
        {"画像": "a.png", "担当": "山田", "承認": "済"},
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_table_of_a_real_tool(tmp_path: Path, name: str) -> None:
    raw, encoding, (text, own), values, extra = CASES[name]
    (row,) = read(tmp_path / name, raw, encoding)
    assert row.document is not None
    assert row.document.text == text
    assert row.document.id == (own or f"{(tmp_path / name).as_posix()}#1")
    assert known(row) == values
    assert row.extra == extra


def test_what_is_told_of_a_table(tmp_path: Path) -> None:
    path = tmp_path / "自社の投稿管理表.csv"
    read(path, CASES["自社の投稿管理表.csv"][0], "cp932")
    assert [line.removeprefix(f"{path.as_posix()}: ") for line in open_archive(path, Asked()).told] == [
        "文字コード: CP932（Shift_JIS）",
        "本文の列: 「投稿文（140字以内）」",
        "投稿日時の列: 「投稿予定日」",
        "時刻の列: 「時間」",
        "IDの列: 「No.」",
        "チャネルの列: 「投稿先」",
        "投稿の種類の列: 「カテゴリ」",
        "調べない列（extra に残ります）: 「画像」「担当」「承認」",
    ]


def test_a_content_calendar_with_merged_cells(tmp_path: Path) -> None:
    made = Workbook()
    sheet: Any = made.active
    sheet.title = "2024年4月"
    sheet["A1"] = "SNSコンテンツカレンダー"
    sheet.merge_cells("A1:F2")
    header: list[str] = ["公開日", "曜日", "媒体", "時刻", "原稿", "URL"]
    for at, name in enumerate(header, start=1):
        sheet.cell(3, at, name)
    table = [["X", "9:00", "桜が咲きました"], ["インスタ", "12:00", "桜の写真です"], ["LINE", "", ""]]
    for line, cells in enumerate(table, start=4):
        for at, cell in enumerate(cells, start=3):
            sheet.cell(line, at, cell)
    sheet["A4"], sheet["B4"] = datetime(2024, 4, 1), "月"  # noqa: DTZ001
    sheet["A4"].number_format = "m月d日"
    sheet.merge_cells("A4:A6")
    sheet.merge_cells("B4:B6")
    sheet["F5"] = "公開済み"
    sheet["F5"].hyperlink = "https://www.instagram.com/p/q/"
    path = tmp_path / "calendar.xlsx"
    made.save(path)
    rows = list(open_archive(path, Asked()).rows())
    assert [row.document and row.document.text for row in rows] == ["桜が咲きました", "桜の写真です"]
    assert known(rows[0]) == {"posted_at": "2024-04-01T09:00", "channel": "x"}
    assert known(rows[1]) == {
        "posted_at": "2024-04-01T12:00",
        "channel": "instagram",
        "url": "https://www.instagram.com/p/q/",
    }
    assert rows[1].extra == {"曜日": "月", "URL": "公開済み"}
