"""Stars where no rule has looked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flamecheck.document import plain
from flamecheck.finding import Dismissed, Finding
from flamecheck.grading import Confidence, Severity
from flamecheck.masks import starred, starred_address, starred_post, starred_value
from flamecheck.policy.model import Tier, Verdict
from flamecheck.report import Report, Screened
from flamecheck.spans import Span


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("電話は090-1234-5678です", "電話は090-****-5678です"),
        ("０９０－１２３４－５６７８", "０９０－****－５６７８"),
        ('{"tel":"09012345678"}', '{"tel":"090****5678"}'),
        ("taro.yamada@gmail.com へ", "****.******@*****.*om へ"),
        ("5527 3819 0264 7350", "**** **** **** **50"),
        ("\ud800 090 1234 5678", "\ud800 090 **** 5678"),
        ("晴れです。10月3日に120円で", "晴れです。10月3日に120円で"),
    ],
)
def test_leaks_are_starred_in_place(text: str, shown: str) -> None:
    assert starred(text) == shown


@given(st.text(st.sampled_from("0123456789０９-－@.あ()《》ーabc\n\ud800"), max_size=60))
def test_a_starred_text_is_as_long_and_differs_only_by_stars(text: str) -> None:
    shown = starred(text)
    assert len(shown) == len(text)
    assert all(new in (old, "*") for old, new in zip(text, shown, strict=True))


def test_values_are_starred_at_any_depth_keys_and_numbers_as_well() -> None:
    value = {"a": [5527381902647350, {"090-1234-5678": None}], "n": 7, "ok": True, "rate": 0.5}
    assert starred_value(value) == {"a": ["**************50", {"090-****-5678": None}], "n": 7, "ok": True, "rate": 0.5}
    deep: list[object] = []
    for _ in range(5000):
        deep = [deep]
    assert "…" in str(starred_value(deep))


def test_keys_that_are_alike_under_their_stars_lose_no_value() -> None:
    value = {"090-1234-5678": 1, "090-9876-5678": 2}
    assert starred_value(value) == {"090-****-5678": 1, "090-****-5678 (2)": 2}


def judged(text: str, *spans: Span, dismissed: Span | None = None) -> tuple[str, Verdict]:
    """Star a post in which a rule that stars nothing found ``spans``."""

    def found(span: Span) -> Finding:
        matched = text[span.start : span.end]
        message = f"「{matched}」を確かめてください"
        return Finding("a/b", "a", "claim", Severity.LOW, Confidence.HIGH, span, matched, message, "", "")

    cancelled = () if dismissed is None else (Dismissed(found(dismissed), "guard", "見本"),)
    report = Report(tuple(map(found, spans)), cancelled, Screened("pack", "dictionary"))
    return starred_post(plain(text), Verdict(Tier("genba", "現場", 0), (), (), report, 1))


@pytest.mark.parametrize(
    "text",
    [
        "電話は090-1234-5678まで、担当の携帯です",
        "090-0000-0000",
        "０９０－１２３４－５６７８",
        "090ー1234ー5678",
        "090・8734・5671",
        "090/8734/5671",
        "（090）8734-5671",
        "0908734-5671",
        "+819087345671",
        "A090-8734-5671X",
        "お問い合わせ番号:090-8734-5671",
        "https://midori.jp/?tel=09087345671",
        "〇九〇-八七三四-五六七一",
        "090\u200b-8734-\u200d5671",
        "090-\n8734-5671",
        "①090-8734-5671",
        "0 9 0 8 7 3 4 5 6 7 1",
        "マイナンバーは123456789012",
        "個人番号：1234-5678-9012",
        "123456789018",
        "テスト用のカード 4242 4242 4242 4242",
        "4242-4242-4242-4242",
        "クレジットカード378282246310005です",
        "カード番号 1234 5678 9012 3456",
        "普通 1234567",
        "口座番号：2345678",
        "記号10170 番号12345671",
        "taro@example.com",
        "連絡/taro@gmail.com",
        "ｔａｒｏ＠ｇｍａｉｌ．ｃｏｍ",
        "パスワードは changeme1",
        "AKIAIOSFODNN7EXAMPLE",
    ],
)
def test_no_post_tells_what_has_the_shape_of_a_leak_whether_or_not_a_rule_speaks(text: str) -> None:
    shown, _ = judged(text)
    assert "*" in shown
    assert len(shown) == len(text)
    assert shown.count("\n") == text.count("\n")


@pytest.mark.parametrize(
    "text",
    [
        "お電話は03-1234-5678か0120-123-456へ",
        "お問い合わせは info@midori-shoji.co.jp まで",
        "06/09/2024 9:30 から、2024-06-09 10:30:00 まで",
        "カードは500円、1000円、2000円の3種",
        "https://x.com/midori/status/1234567890123456789",
        "パスワードは8〜16文字で",
        "@midori をフォロー、icon@2x.png",
    ],
)
def test_what_a_company_tells_everybody_stays(text: str) -> None:
    assert judged(text)[0] == text


def test_findings_tell_no_more_than_the_text_of_their_post() -> None:
    text = "担当の携帯は090-1234-5678です"
    shown, verdict = judged(text, Span(3, 19), Span(0, 2), dismissed=Span(6, 19))
    assert shown == "担当の携帯は090-****-5678です"
    report = verdict.report
    for finding in (*report.findings, report.dismissed[0].finding):
        assert finding.matched == shown[finding.span.start : finding.span.end]
        assert finding.message == f"「{finding.matched}」を確かめてください"


def test_addresses_keep_the_ids_of_posts() -> None:
    assert (
        starred_address("https://x.com/midori/status/4539148803436467")
        == "https://x.com/midori/status/4539148803436467"
    )
    assert starred_address("https://midori.jp/?tel=09012345678") == "https://midori.jp/?tel=090****5678"


@given(st.text(st.sampled_from("0123456789０９-－@.あ普通()《》ーabc\n\r\ud800〇九"), max_size=60))
def test_a_starred_post_is_as_long_and_differs_only_by_stars(text: str) -> None:
    shown, _ = judged(text)
    assert len(shown) == len(text)
    assert all(new in (old, "*") for old, new in zip(text, shown, strict=True))
