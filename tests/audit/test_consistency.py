"""What is told of posts that do not fit together, on six invented shops and one case at a time."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from moreshops import MORE
from shops import SHOPS, Written

from flamecheck.audit.consistency import Consistency, inconsistencies
from flamecheck.audit.facts import Facts, facts_of
from flamecheck.audit.inconsistency import KINDS, LISTED, WHY, Inconsistency
from flamecheck.audit.result import Post, Result
from flamecheck.context import parse_time

FAIR = "【秋の大感謝祭】10月5日(土)〜10月{end}日、全品20%OFF！りんご1個{price}円 お申し込みは {url} 電話 {tel}"
TOLD = {"end": 14, "price": 180, "url": "https://ex.example.jp/a", "tel": "0120-123-456"}


def told(folder: Path, posts: Iterable[tuple[str, str]], least: int = 30, **more: Any) -> list[Inconsistency]:
    results = [
        Result(n, Post("a.csv", n, f"a.csv {n} 行目", text=text, posted_at=at, **more), {"id": n})
        for n, (at, text) in enumerate(posts, 1)
    ]
    return list(inconsistencies(results, folder, least))


def pair(folder: Path, first: str, second: str, days: tuple[str, str] = ("2024-09-20", "2024-09-25")) -> list[str]:
    return [
        notice.kind for notice in told(folder, zip(days, (first, second), strict=True)) if notice.kind != "repeated"
    ]


@pytest.mark.parametrize("shop", [*SHOPS, *MORE])
def test_every_plant_in_a_years_posts_is_told_and_nothing_else(shop: str, tmp_path: Path) -> None:
    posts = sorted({**SHOPS, **MORE}[shop])
    notices = told(tmp_path, [(post.at, post.text) for post in posts])
    plants = [{posts[post.result - 1].plant for post in notice.posts} - {""} for notice in notices]
    assert {plant for found in plants for plant in found} == {post.plant for post in posts if post.plant}
    harmless = [notice for notice, found in zip(notices, plants, strict=True) if not found]
    # 同じ文章を二度出したことだけは、害がなくても事実として伝える。
    assert [notice.kind for notice in harmless if notice.kind != "repeated"] == []
    assert len(harmless) <= 1


@pytest.mark.parametrize(
    ("changed", "kind", "shown"),
    [
        ({"end": 13}, "date", ("10月14日", "10月13日")),
        ({"price": 150}, "price", ("180円", "150円")),
        ({"tel": "0120-123-465"}, "telephone", ("0120-123-456", "0120-123-465")),
        ({"url": "https://ex.example.jp/b"}, "url", ("https://ex.example.jp/a", "https://ex.example.jp/b")),
    ],
)
def test_one_value_that_differs_is_shown_at_its_place(
    changed: dict[str, Any], kind: str, shown: tuple[str, str], tmp_path: Path
) -> None:
    texts = FAIR.format(**TOLD), FAIR.format(**{**TOLD, **changed})
    (notice,) = told(tmp_path, zip(("2024-09-20", "2024-09-25"), texts, strict=True))
    assert (notice.kind, notice.subject, notice.count) == (kind, "秋の大感謝祭", 2)
    assert tuple(post.shown for post in notice.posts) == shown
    assert [text[post.start : post.end] for text, post in zip(texts, notice.posts, strict=True)] == list(shown)
    assert (notice.first, notice.last) == ("2024-09-20", "2024-09-25")


@pytest.mark.parametrize(
    "second",
    [
        FAIR.format(**{**TOLD, "end": 20}) + " ※好評につき延長します",
        "【お詫びと訂正】" + FAIR.format(**{**TOLD, "price": 150}),
        FAIR.format(**{**TOLD, "end": 20}).replace("全品", "二号店 全品"),
        FAIR.format(**{**TOLD, "url": "https://ex.example.jp/a?utm_source=x"}),
        FAIR.format(**{**TOLD, "price": 250}).replace("りんご1個", "りんご2個"),
        FAIR.format(**{**TOLD, "price": 194}).replace("194円", "194円(税込)"),
    ],
)
def test_an_announced_change_and_another_thing_are_no_contradiction(second: str, tmp_path: Path) -> None:
    assert pair(tmp_path, FAIR.format(**TOLD), second) == []


def test_an_announcement_between_two_posts_explains_the_difference(tmp_path: Path) -> None:
    posts = [
        ("2024-09-20", FAIR.format(**TOLD)),
        ("2024-09-22", "【秋の大感謝祭】終わる日を10月13日に変更しました"),
        ("2024-09-25", FAIR.format(**{**TOLD, "end": 13})),
    ]
    assert told(tmp_path, posts) == []
    assert [notice.kind for notice in told(tmp_path, posts[::2])] == ["date"]


def test_a_possible_change_in_the_small_print_announces_none(tmp_path: Path) -> None:
    small = " ※内容は変更する場合があります"
    assert pair(tmp_path, FAIR.format(**TOLD) + small, FAIR.format(**{**TOLD, "end": 13}) + small) == ["date"]


def test_next_years_campaign_has_other_dates(tmp_path: Path) -> None:
    assert pair(tmp_path, FAIR.format(**TOLD), FAIR.format(**{**TOLD, "end": 13}), ("2023-09-20", "2024-09-20")) == []


def test_another_account_is_another_shop_unless_the_channel_differs(tmp_path: Path) -> None:
    def run(*places: dict[str, str]) -> list[str]:
        texts = FAIR.format(**TOLD), FAIR.format(**{**TOLD, "end": 13})
        results = [
            Result(n, Post("a.csv", n, "", text=text, posted_at="2024-09-20", **place), {"id": n})  # type: ignore[arg-type]
            for n, (text, place) in enumerate(zip(texts, places, strict=True), 1)
        ]
        return [notice.kind for notice in inconsistencies(results, tmp_path)]

    assert run({"account": "shibuya", "channel": "x"}, {"account": "shinjuku", "channel": "x"}) == []
    assert run({"account": "shop", "channel": "x"}, {"account": "shop.jp", "channel": "instagram"}) == ["date"]


def test_starred_numbers_are_never_compared(tmp_path: Path) -> None:
    text = "【相談会】10月5日開催 連絡は 090-****-{}"
    assert pair(tmp_path, text.format(5678), text.format(1234)) == []


def test_the_same_text_is_found_whatever_width_blanks_and_emoji(tmp_path: Path) -> None:
    text = "新しいカタログができました。ＷＥＢからもご覧になれます！冬のコートの特集もあります"
    other = "新しいカタログができました。\n WEBからもご覧になれます✨！冬のコートの特集もあります"
    (notice,) = told(tmp_path, [("2024-05-01T10:00:00+09:00", text), ("2024-05-01T10:20:00+09:00", other)])
    assert (notice.kind, notice.count) == ("repeated", 2)
    assert "空白・絵文字・記号だけが違うものを含む" in notice.told


def test_greetings_rank_below_what_is_told(tmp_path: Path) -> None:
    posts = [(f"2024-0{month}-01", "おはようございます！今日もよろしくお願いします") for month in range(1, 8)]
    assert told(tmp_path, posts) == []
    assert [notice.kind for notice in told(tmp_path, posts, least=1)] == ["repeated"]


def test_a_post_in_two_archives_or_on_two_channels_at_a_time_is_no_repetition(tmp_path: Path) -> None:
    text = "新しいカタログができました。冬のコートの特集もあります。ぜひ一度手に取ってご覧ください"
    twice = [Result(n, Post(f"{n}.csv", 1, "", text=text, posted_at="2024-05-01"), {"id": "7"}) for n in (1, 2)]
    assert list(inconsistencies(twice, tmp_path, 1)) == []
    places = [Result(n, Post("a.csv", n, "", text=text, posted_at=f"2024-05-0{n}", channel=c), {"id": n}) for n, c in ((1, "x"), (2, "line"))]  # fmt: skip
    assert list(inconsistencies(places, tmp_path, 1)) == []


def test_an_old_deadline_posted_again_weighs_more(tmp_path: Path) -> None:
    text = "冬の作品展の応募は11月30日(土)まで。皆さまの力作をお待ちしています"
    days = [("2024-11-01T10:00:00+09:00", text), ("2024-12-20T10:00:00+09:00", text)]
    (late,) = told(tmp_path, days)
    assert "過ぎています" in late.told
    assert late.weight >= 60


def test_a_regular_sale_day_is_no_limited_offer_that_repeats(tmp_path: Path) -> None:
    assert pair(tmp_path, "毎週火曜は本日限り全品10%OFF！", "毎週火曜は本日限り全品10%OFF！") == []
    assert pair(tmp_path, "本日限り全品10%OFF！", "本日限り全品10%OFF！") == ["offer-day"]
    assert pair(tmp_path, "本日限り卵98円！", "本日限り牛乳98円！") == []


def test_a_last_day_that_is_put_off_again_and_again_is_told(tmp_path: Path) -> None:
    free = "入会金0円キャンペーン！{}まで。月会費7,700円"
    days = [("2025-01-05", "1月31日"), ("2025-02-03", "2月28日"), ("2025-03-03", "3月31日")]
    (notice,) = told(tmp_path, [(at, free.format(end)) for at, end in days])
    assert (notice.kind, notice.count) == ("offer-period", 3)
    assert "終わりの日が 3 通りあります（2025-01-31、2025-02-28、2025-03-31）" in notice.told
    assert "景品表示法" in notice.why
    apart = [("2025-01-05", "1月8日"), ("2025-02-05", "2月8日"), ("2025-03-05", "3月8日")]
    assert told(tmp_path, [(at, free.format(end)) for at, end in apart]) == []


def test_what_failed_replies_and_reposts_are_passed_over(tmp_path: Path) -> None:
    text = "本日限り全品10%OFF！新しいカタログもお配りします"
    rows = [Result(n, Post("a", n, "", text=text, posted_at=f"2024-05-0{n}", kind=kind), {"id": n}) for n, kind in enumerate(("post", "reply", "repost"), 1)]  # fmt: skip
    failed = Result(4, Post("a", 4, "", text=text, posted_at="2024-05-04"), {"id": 4, "error": {"code": "json"}})
    assert list(inconsistencies([*rows, failed], tmp_path, 1)) == []


def test_a_great_many_equal_posts_make_one_notice_of_a_bounded_size(tmp_path: Path) -> None:
    text = FAIR.format(**TOLD) + " 本日限り！"
    notices = told(tmp_path, ((f"2024-{n % 12 + 1:02}-{n % 28 + 1:02}", text) for n in range(2000)))
    assert Counter(notice.kind for notice in notices)["repeated"] == 1
    assert all(len(notice.posts) <= LISTED for notice in notices)
    assert max(notice.count for notice in notices) == 2000


def test_a_notice_leaves_as_plain_values_and_never_accuses(tmp_path: Path) -> None:
    (notice,) = told(tmp_path, [("2024-09-20", FAIR.format(**TOLD)), ("2024-09-25", FAIR.format(**{**TOLD, "end": 13}))])  # fmt: skip
    wire = notice.to_wire()
    assert json.loads(json.dumps(wire)) == wire
    assert not any(word in text for text in (*KINDS.values(), *WHY.values(), wire["told"]) for word in ("違法", "違反", "安全"))  # fmt: skip
    assert KINDS.keys() == WHY.keys()


def test_it_can_be_asked_again_and_after_more_posts(tmp_path: Path) -> None:
    rows = [Result(n, Post("a", n, "", text="本日限り全品10%OFF！", posted_at=f"2024-05-0{n}"), {"id": n}) for n in (1, 2, 3)]  # fmt: skip
    with Consistency(tmp_path) as posts:
        posts.add(rows[0])
        posts.add(rows[1])
        assert [n.count for n in posts.findings(60)] == [2]
        assert [n.count for n in posts.findings(60)] == [2]
        posts.add(rows[2])
        assert [n.count for n in posts.findings(60)] == [3]


TEXTS = st.one_of(st.text(max_size=40), st.sampled_from([post.text for posts in SHOPS.values() for post in posts]))


@given(st.lists(st.tuples(st.sampled_from(["", "2024-05-01", "2024-05-03T09:00:00+09:00", "x"]), TEXTS), max_size=8))
def test_nothing_that_is_posted_breaks_it(posts: list[tuple[str, str]]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        for notice in told(Path(folder), posts, least=0):
            assert 0 <= notice.weight <= 100
            assert notice.count >= len(notice.posts) >= 2


@given(st.lists(st.sampled_from(SHOPS["school"]), max_size=12, unique=True), st.randoms())
def test_the_order_of_the_records_does_not_count(posts: list[Written], random: Any) -> None:
    import tempfile

    def run(order: list[Written]) -> Any:
        with tempfile.TemporaryDirectory() as folder:
            found = told(Path(folder), [(post.at, post.text) for post in order], least=1)
        return sorted((n.kind, n.weight, n.told, tuple(post.posted_at for post in n.posts)) for n in found)

    assert run(posts) == run(random.sample(posts, len(posts)))


@given(st.sampled_from([post for posts in SHOPS.values() for post in posts]))
def test_facts_survive_the_index_and_spans_count_the_text(post: Written) -> None:
    facts = facts_of(post.text, parse_time(post.at))
    assert Facts.from_plain(json.loads(json.dumps(facts.to_plain()))) == facts
    assert all(0 <= v.span.start < v.span.end <= len(post.text) for v in facts.values)
