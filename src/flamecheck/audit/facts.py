"""What a post says of itself that other posts may contradict, read once from its text."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Final

import regex

from flamecheck.audit.values import Value, letters, values
from flamecheck.context import Context
from flamecheck.normalize import fold
from flamecheck.spans import MappedText

READ: Final = 4000
"""Code points of a post that are read for facts: an offer stands at the top of an article."""


@dataclass(slots=True, frozen=True)
class Facts:
    """The facts of one text; ``values`` count the text as written.

    ``skeleton`` is the text with the values taken out, letters alone; ``words`` are its content words.  ``names`` are
    what stands in brackets or behind #; ``places`` are shops, halls, sizes and courses.  ``changes``: which kinds
    of values it announces a change of, ``text`` among them for any; ``taxed``: it speaks of tax; ``passing``: what it tells holds for a day or a week; ``regular``: it says that it comes again;
    ``recurs``: a kind of event of which there are many.  ``cues`` are the kinds of limit an offer is said to have.
    """

    skeleton: str
    words: frozenset[str]
    names: frozenset[str]
    tags: frozenset[str]
    places: frozenset[str]
    numbers: tuple[str, ...]
    editions: frozenset[str]
    values: tuple[Value, ...]
    changes: frozenset[str]
    taxed: bool
    passing: bool
    regular: bool
    recurs: bool
    cues: frozenset[str]

    def of(self, kind: str) -> tuple[Value, ...]:
        """Return the values of one kind that can be compared."""
        return tuple(value for value in self.values if value.kind == kind and value.value)

    def to_plain(self) -> dict[str, Any]:
        """Return the facts as plain values of JSON."""
        plain = {item.name: getattr(self, item.name) for item in fields(self)}
        plain["values"] = [value.to_plain() for value in self.values]
        return {key: sorted(value) if isinstance(value, frozenset) else value for key, value in plain.items()}

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> Facts:
        """Return the facts that ``to_plain`` gave."""
        sets = ("words", "names", "tags", "places", "editions", "cues", "changes")
        found = tuple(map(Value.from_plain, plain["values"]))
        known = {**plain, **{key: frozenset(plain[key]) for key in sets}}
        return cls(**{**known, "numbers": tuple(plain["numbers"]), "values": found})


_EMPTY: Final[frozenset[str]] = frozenset()
NONE: Final = Facts("", _EMPTY, _EMPTY, _EMPTY, _EMPTY, (), _EMPTY, (), _EMPTY, False, False, False, False, _EMPTY)  # noqa: FBT003
"""The facts of a text that tells nothing another one could contradict."""

_BRACKETED: Final = regex.compile(r"[「『【《\[]([^「」『』【】《》\[\]\n]{2,30})[」』】》\]]")
_TAG: Final = regex.compile(r"#([\p{L}\p{N}_ー]{2,40})")
_MENTION: Final = regex.compile(r"@[a-z0-9_.]{2,40}")
_WORD: Final = regex.compile(r"[\p{Han}々]+|[\p{Katakana}ー]{2,}|[a-z]{2,}")
_NUMBER: Final = regex.compile(r"\d+")
# お知らせの見出しで、企画の名前ではないもの。
_HEADINGS: Final = regex.compile(
    r"(?:大?お知らせ|ご?案内|新(?:商品|作|着|発売|メニュー|刊)(?:情報)?|重要|速報|予告|本日|今日|今週|今月|明日|期間限定|数量限定|限定|求人|採用|募集|急募|スタッフ募集|ブログ|更新|ブログ更新|入荷|再入荷|入荷情報|おすすめ|オススメ|pr|広告"
    r"|営業(?:日|時間|案内|情報)?|定休日?|休業|臨時休業|年末年始|夏季休業|イベント|セール|キャンペーン|クーポン|プレゼント|開催(?:中|決定)?|参加(?:者)?募集|予約(?:受付中)?|拡散希望|詳細|申込|問い?合わ?せ|最終日|ラストチャンス|先着.{0,6}|残り.{0,6}"
    r"|本日限り|今日だけ|日時|会場|場所|料金|価格|時間|期間|対象|住所|アクセス|ランチ|本日の.{0,8}|今日の.{0,8}|今週の.{0,8}|今月の.{0,8}|変更|訂正|お詫び|延期|中止|延長|.{0,6}のお知らせ|.{0,6}のご案内)[!!♪☆★]*"
)
_CHANGE: Final = regex.compile(
    r"(?:変更|延長|訂正|延期|改定|修正|前倒し|値上げ|値下げ|繰り上げ|繰り下げ|順延|中止|移転|統合|切り替え|移行)(?!(?:する|となる|になる|させていただく|される)(?:場合|こと|可能性|おそれ))"
    r"|お詫び|正しくは|誤り(?:が|で)|誤って|間違|新価格|新料金|新しい(?:電話|番号|住所|url|サイト)|番号が変わ|変わりま(?:す|した)|リニューアル|好評につき"
)
_CHANGED: Final = (
    ("price", regex.compile(r"価格|料金|値上げ|値下げ|金額|代金|受講料|月謝|\d円")),
    ("telephone", regex.compile(r"電話|番号|tel|移転|窓口")),
    ("url", regex.compile(r"url|サイト|ホームページ|リンク|アドレス|フォーム")),
)
_PASSING: Final = regex.compile(
    r"本日|今日|日替わ|週替わ|月替わ|今週|今月|来週|来月|時価|相場|レート|入荷|お?すすめ|オススメ|ピックアップ|物件|賃料|中古|一点物|1点物|オークション|明日|今夜"
)
_REGULAR: Final = regex.compile(
    r"毎(?:週|月|日|朝|年|回|土|日曜|金曜)|の付く日|のつく日|[〇0-9]の日|定例|恒例|第[1-5一二三四][・、]?(?:第?[1-5一二三四])?[月火水木金土日]曜"
)
_RECURS: Final = regex.compile(
    r"教室|講座|体験|トーク|講演|ガイド|撮影会|サイン会|観察会|交流会|鑑賞会|レッスン|説明会|相談会|見学会|セミナー|ライブ|公演|上映|出店|試合|大会|練習|勉強会|診療|休診|休業|定休|お?休み|営業|配信|放送|更新|読み聞かせ|クラス|ツアー|オープンキャンパス|朝市|マルシェ|空き|入荷|配達|当番|面接|試験|回目"
)
_PLACES: Final = regex.compile(
    r"(?:[\p{Han}々]{1,6}|[\p{Katakana}ー]{2,10}|[a-z]{2,10})(?:本店|支店|号店|店舗|店|会場|校|院|館|教室|サロン|ルーム|工場|営業所|センター|コース|プラン|サイズ|部門|席|クラス|タイプ|味|便|券|セット|ホール|エリア|会員)"
    r"|(?<![a-z])(?:xs|s|m|l|ll|xl)(?:サイズ)?(?![a-z])|大人|子ども|子供|小学生|中学生|高校生|一般|学生|シニア|平日|土日祝?|休日|男性|女性|前売り?|当日券|昼の部|夜の部|午前|午後|ディナー|モーニング"
)
_NO_PLACE: Final = regex.compile(
    r"(?:当|来|開|閉|全|各|入|御|出|お|本|新|弊|支|専門|限定|取扱|対象|加盟|実|同)店(?:舗)?|会館|図書館|旅館|高校|学校|病院|商店|喫茶店"
)
_EDITIONS: Final = regex.compile(
    r"第\d+(?:\p{Han}|シーズン|シリーズ|ステージ)|その\d+|day ?\d+|vol\.? ?\d+|part\.? ?\d+|no\.? ?\d+|#\d+|\d+(?:周年|年度|月号|期生|回目|弾|日目|歳|番)|\d{1,2}月(?! ?\d)|(?:春|夏|秋|冬|前半|後半|前期|後期|上期|下期|早割)"
)
_OFFER: Final = regex.compile(
    r"off|オフ|割引|\d割|半額|円|価格|セール|クーポン|プレゼント|特典|特価|無料|お得|値引|還元|ポイント|キャンペーン|販売|ご注文|お買い|購入|sale|増量|サービス"
)
_CUES: Final = (
    (
        "day",
        regex.compile(
            r"(?:本日|今日|きょう)(?:\d{1,2}[月/]\d{1,2}日?(?:\(.\))?)? ?(?:だけ|限り|限定|のみ|まで|が?最終日|が?ラスト|で終了|24時)|(?:いよいよ|ついに|セール|キャンペーン|フェア)(?:本日)?、?最終日|[【〔\[]最終日[】〕\]!]|最終日です|最終日となりました"
            r"|(?:本当に|これが|今度こそ)?(?:ラスト|最後の)チャンス|24時間限定|1日限定|一日限り|今夜(?:まで|限り)|今夜24時"
        ),
    ),
    (
        "stock",
        regex.compile(
            r"残り(?:あと)?(?:わずか|僅か|\d+(?:点|個|席|名|枠|室|台|着|セット))|ラスト\d+(?:点|個|席|名|枠)|先着|在庫限り|なくなり次第|完売間近|売り切れ間近"
        ),
    ),
    ("period", regex.compile(r"期間限定|今だけ|数量限定|今がチャンス|この機会に|今なら|キャンペーン中|セール中")),
)
_CAMPAIGN: Final = regex.compile(r"キャンペーン|セール|割引|off|オフ|無料|0円|半額|クーポン|特価|sale")
_NOT_TODAY: Final = regex.compile(
    r"最終日(?:は|の|に|まで|:|\()|(?:本日|今日)(?:まで)?(?:の|に)?(?:ご?来店|ご?来場)(?:いただ|頂|下さ)|ありがとうございました|終了しました|終了いたしました"
)


def facts_of(text: str, posted_at: datetime | None = None) -> Facts:
    """Return the facts of a post's visible ``text``; linear in its length.

    What is starred in the text has no value any more: two starred numbers are never compared.
    """
    folded = fold(text[:READ])
    plain = folded.text
    found = tuple(values(plain, Context(posted_at=posted_at)))
    cues = _cues(plain, found)
    changes = _changes(plain)
    if not found and not cues and not changes:
        return NONE
    rest = _without(plain, found)
    names = frozenset(name for match in _BRACKETED.finditer(rest) if (name := letters(match[1])) and _is_name(match[1]))
    tags = frozenset(letters(tag) for tag in _TAG.findall(rest))
    bare = _MENTION.sub("", _TAG.sub("", rest))
    places = frozenset(match for match in _PLACES.findall(bare) if not _NO_PLACE.fullmatch(match))
    return Facts(
        skeleton=letters(bare),
        words=frozenset(_WORD.findall(bare)),
        names=names,
        tags=tags,
        places=places,
        numbers=tuple(_NUMBER.findall(bare)),
        editions=frozenset(_EDITIONS.findall(bare)),
        values=tuple(_written(value, folded) for value in found),
        changes=changes,
        taxed="税" in plain,
        passing=bool(_PASSING.search(plain)),
        regular=bool(_REGULAR.search(plain)),
        recurs=bool(_RECURS.search(bare)),
        cues=cues,
    )


def _without(text: str, found: tuple[Value, ...]) -> str:
    parts, done = [], 0
    for value in found:
        parts.append(text[done : value.span.start])
        done = value.span.end
    return " ".join((*parts, text[done:]))


def _written(value: Value, folded: MappedText) -> Value:
    return Value(value.kind, folded.to_source(value.span), value.value, value.role, value.before, value.after)


def _changes(text: str) -> frozenset[str]:
    if not _CHANGE.search(text):
        return frozenset()
    return frozenset({"text", *(kind for kind, words in _CHANGED if words.search(text))})


def _is_name(words: str) -> bool:
    return not _HEADINGS.fullmatch(words.strip()) and bool(_WORD.search(words))


def _cues(text: str, found: tuple[Value, ...]) -> frozenset[str]:
    if not _is_offer(text):
        return frozenset()
    cues = {cue for cue, words in _CUES if words.search(text)}
    if _CAMPAIGN.search(text) and any(value.kind == "date" and value.role.endswith("end") for value in found):
        cues.add("term")
    return frozenset(cues)


def _is_offer(text: str) -> bool:
    return bool(_OFFER.search(text)) and not _NOT_TODAY.search(text)
