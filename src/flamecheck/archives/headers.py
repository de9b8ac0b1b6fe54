"""Which header names what: the names real tools and people write above a column, the best ones first."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Final

from flamecheck.archives.values import channel_of

LABELS: Final = {
    "text": "本文", "posted_at": "投稿日時", "time": "時刻", "id": "ID", "url": "URL", "account": "アカウント",
    "channel": "チャネル", "reach": "リーチ", "thread": "スレッド", "reply_to": "返信先", "quote_of": "引用元",
    "post_type": "投稿の種類", "scheduled": "予約", "industry": "業種", "region": "地域", "paid": "PR", "crisis": "危機",
    "format": "形式", "voice": "声",
}  # fmt: skip
"""What can be in a column, and what people call it; ``time`` is the time of day that stands beside the day."""

_WRITTEN: Final = {
    "text": """
        本文 投稿本文 投稿内容 投稿文 投稿テキスト 投稿文面 ツイート本文 ツイート内容 ポスト本文 ポスト内容 記事本文 メッセージ本文 配信内容
        配信文 キャプション テキスト text fulltext tweettext posttext posttextcontent postmessage postcontent postcaption
        caption content message body 文面 原稿 投稿原稿 メッセージ 説明 説明文 description 内容 コピー copy postcopy
        ツイート ポスト 投稿 tweet post update status-text
    """,
    "posted_at": """
        投稿日時 公開日時 配信日時 掲載日時 投稿時間日時 createdat postedat publishedat publishtime publishedtime datetime
        postingtime posttime senttime sentat createdtime timestamp publishdate publisheddate dateposted postdate
        予約日時 投稿予定日時 配信予定日時 公開予定日時 scheduledat publishat scheduledtime scheduleddate scheduledfor 日時
        投稿日 公開日 配信日 掲載日 日付 年月日 date day posted published created 投稿予定日 配信予定日 公開予定日 予定日 作成日時
    """,
    "time": "時刻 投稿時刻 公開時刻 配信時刻 時間 投稿時間 公開時間 配信時間 予定時刻 投稿予定時刻 time hour",
    "id": "id 投稿id ツイートid ポストid postid tweetid statusid messageid idstr 記事id 管理id 管理番号 投稿番号 no 番号 通し番号 #",
    "url": """
        permalink 固定リンク ツイートの固定リンク tweetpermalink postpermalink permalinkurl パーマリンク 投稿url 投稿のurl 投稿リンク
        ツイートurl ポストurl posturl tweeturl postlink tweetlink ポストのリンク 公開url 記事url url link リンク
    """,
    "account": """
        アカウント アカウント名 投稿アカウント アカウントid accountusername account accountname プロフィール profile profilename
        ユーザー名 username screenname handle ページ名 pagename page ブランド
    """,
    "channel": """
        チャネル チャンネル プラットフォーム sns sns名 sns種別 snsチャネル 媒体 媒体名 投稿媒体 配信媒体 掲載媒体 投稿先 配信先 掲載先
        ネットワーク channel platform socialnetwork network socialmedia socialchannel service 使用sns
    """,
    "reach": """
        リーチ リーチ数 reach postreach totalreach lifetimeposttotalreach インプレッション インプレッション数 impressions impression
        postimpressions 表示回数 表示数 閲覧数 閲覧回数 views pv pv数 imp
    """,
    "thread": "conversationid threadid スレッドid スレッド",
    "reply_to": "replyto inreplyto inreplytostatusid inreplytoid 返信先 返信先id リプライ先",
    "quote_of": "quoteof quotedstatusid quotedid 引用元 引用元id",
    "post_type": "posttype 投稿種別 投稿の種類 投稿タイプ 投稿カテゴリ カテゴリ カテゴリー category 種別",
    "scheduled": "scheduled",
    "industry": "industry",
    "region": "region",
    "paid": "paid",
    "crisis": "crisis",
    "format": "format",
    "voice": "voice",
}
NAMES: Final[Mapping[str, tuple[str, ...]]] = {field: tuple(words.split()) for field, words in _WRITTEN.items()}
_WEAK: Final = frozenset(
    "説明 説明文 description 内容 コピー copy ツイート ポスト 投稿 tweet post update メッセージ message".split()
)
"""Names that are as well values of a cell, or the title of a sheet: a row of headers holds others besides."""
_PLANNED: Final = frozenset("予約日時 scheduledat publishat scheduledtime scheduleddate scheduledfor".split())
_TEXT_OF: Final = re.compile(
    r"(.+?)(?:用|の)?(?:投稿)?(?:本文|文面|原稿|文|内容|テキスト|キャプション|コピー|text|caption|copy|post)\Z"
)
_TEXT_BEGINS: Final = ("本文", "投稿文", "投稿内容", "キャプション")
_ASIDE: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|[\s_.:*※■●◆▼-]")
_ZONE: Final = re.compile(r"\b(?:utc|gmt)\b")


def key(header: str) -> str:
    """Return a header without width, case, blanks, marks and what stands in brackets (本文（140字以内） → 本文)."""
    text = unicodedata.normalize("NFKC", header).casefold()
    return _ASIDE.sub("", text) or "".join(text.split())


def in_utc(header: str) -> bool:
    """Return whether a header says that its times are in UTC."""
    return bool(_ZONE.search(unicodedata.normalize("NFKC", header).casefold().replace("_", " ")))


def planned(header: str) -> bool:
    """Return whether the times below a header are those at which a program publishes."""
    return key(header) in _PLANNED


def guess(headers: Sequence[str]) -> dict[str, int]:
    """Return which column holds which field, by the best name that stands there; empty when none can be the text."""
    keys = [_parts(header) for header in headers]
    found: dict[str, int] = {}
    for field, names in NAMES.items():
        free = [
            (names.index(part), at)
            for at, parts in enumerate(keys)
            if at not in found.values()
            for part in parts
            if part in names
        ]
        if free:
            found[field] = min(free)[1]
    if "text" not in found and (several := texts_by_channel(headers)):
        found["text"] = several[0][0]
    if "text" not in found:
        like = [at for at, parts in enumerate(keys) if at not in found.values() and parts[0].startswith(_TEXT_BEGINS)]
        found |= {"text": like[0]} if like else {}
    if "posted_at" not in found and "time" in found:
        # 「time」ひとつだけの列は、日付も含んだ日時である。
        found["posted_at"] = found.pop("time")
    weak = "text" in found and not any(part not in _WEAK for part in keys[found["text"]] if part in NAMES["text"])
    return found if len(found) > 1 or not weak or several_texts(headers) else {}


def texts_by_channel(headers: Sequence[str]) -> list[tuple[int, str]]:
    """Return the columns that hold the text for one channel each (「X本文」「Instagramキャプション」)."""
    named = ((at, _TEXT_OF.match(key(header))) for at, header in enumerate(headers))
    channels = ((at, channel_of(match[1])) for at, match in named if match)
    return [(at, channel) for at, channel in channels if channel]


def several_texts(headers: Sequence[str]) -> bool:
    """Return whether the text stands in one column for each channel."""
    return len(texts_by_channel(headers)) > 1


def _parts(header: str) -> tuple[str, ...]:
    """Return the keys of a header that says the same in two languages (本文 / Text)."""
    return tuple(key(part) for part in re.split("[/／|\n]", header))
