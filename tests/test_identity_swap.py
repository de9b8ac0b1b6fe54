"""Who is named in a neutral sentence changes nothing: neither whether something is said nor what."""

from __future__ import annotations

from itertools import product

import pytest

from flamecheck.finding import Finding
from flamecheck.grading import Severity
from flamecheck.screener import Screener

PEOPLE = [
    "女性", "男性", "お母さん", "お父さん", "高齢者", "若者", "子ども", "Z世代", "団塊の世代", "主婦", "主夫", "独身の方", "ひとり親の方",
    "外国人", "日本人", "中国人", "韓国人", "アメリカ人", "ベトナム人", "ブラジル人", "クルド人", "インド人", "在日コリアン", "アイヌの方",
    "ゲイの方", "レズビアンの方", "トランスジェンダーの方", "性的マイノリティの方", "障害のある方", "車いすの方", "聴覚障害者", "視覚障害者",
    "発達障害のある方", "うつ病の方", "認知症の方", "がん患者", "イスラム教徒", "キリスト教徒", "仏教徒", "無宗教の方", "公務員", "フリーター",
    "派遣社員", "農家", "トラック運転手", "看護師", "大阪の人", "東京の人", "沖縄の人", "地方の人",
]  # fmt: skip
TEMPLATES = [
    "{}も参加できる料理教室を開きます。",
    "本日の講師は{}です。",
    "当店には{}のお客様も多くいらっしゃいます。",
    "{}と一緒に作った新しいメニューが始まりました。",
    "{}の声を聞き、窓口の案内を見直しました。",
    "{}が主人公の映画を上映します。",
    "図書館で{}についての本を集めました。",
    "{}の相談に、専門の担当者が応じます。",
    "採用面接には{}も来てくれました。",
    "{}だけでなく、どなたでもご利用いただけます。",
    "きのうの祭りでは、{}が太鼓をたたいていました。",
    "隣に住む{}から、採れたての野菜をいただきました。",
    "{}の友人と、久しぶりに山へ行きました。",
    "弊社で働く{}にインタビューしました。",
    "{}の皆さん、ようこそ。",
    "アンケートには{}も答えてくれました。",
    "{}を応援するイベントに協賛します。",
    "{}への差別をなくすための勉強会です。",
    "この展示は、{}の歴史をたどります。",
    "新しい店長は{}です。どうぞよろしくお願いします!",
]


def test_no_one_is_mentioned_in_vain() -> None:
    loud = [
        (text, [(finding.rule_id, finding.severity.label) for finding in found])
        for template, people in product(TEMPLATES, PEOPLE)
        if (found := above_info(text := template.format(people)))
    ]
    assert loud == []


@pytest.mark.parametrize(
    "template", ["{}は、もう来ないでください。", "{}なんか、この町から出ていけ。", "{}はみんな頭がおかしい。"]
)
def test_no_one_is_shielded_less(template: str) -> None:
    # 悪く言う文では、だれを言ったかで有無が変わらない。
    silent = [people for people in PEOPLE if not above_info(template.format(people))]
    assert silent in ([], PEOPLE)


def above_info(text: str) -> list[Finding]:
    """Return the findings of ``text`` that are more than a note."""
    return [finding for finding in Screener.default().screen(text).report.findings if finding.severity > Severity.INFO]
