"""The forty categories of what may hurt whom: the id that rules, selectors and rows use, and its Japanese name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

CATEGORIES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "disaster-insensitivity": "災害・事故への配慮不足",
        "tragedy-levity": "戦争・事件・死の軽視",
        "politics-election": "政治・選挙",
        "religion-ideology": "宗教・思想信条",
        "ethnicity-nationality": "人種・民族・国籍",
        "territory-naming": "領土・国名・地図",
        "gender-role-stereotype": "性別役割の固定",
        "sexual-objectification": "性的対象化・セクハラ表現",
        "lgbtq-disrespect": "性的少数者",
        "disability-illness": "障害・病気・心の不調",
        "appearance-shaming": "容姿・体型・加齢",
        "age-class-occupation": "年齢・職業・学歴・出自・地域",
        "condescending-command": "上から目線・命令",
        "customer-blaming": "顧客批判・責任転嫁",
        "non-apology": "ご不快構文",
        "snark-provocation": "皮肉・煽り・嘲笑",
        "sweeping-generalization": "主語が大きい",
        "overfamiliar-slang": "過度なタメ口・スラング",
        "insult-violence": "罵倒・暴力",
        "stealth-marketing": "ステマ・サクラ",
        "superlative-claim": "最上級・断定（優良誤認）",
        "price-urgency": "価格・限定（有利誤認）",
        "health-beauty-claim": "薬機法・健康増進法",
        "financial-promise": "金融",
        "green-social-washing": "環境・社会貢献",
        "ip-likeness": "著作権・商標・肖像・便乗・生成AI",
        "recruiting-discrimination": "採用・求人",
        "consumer-terms": "免責・返品",
        "age-restricted-goods": "酒・たばこ・ギャンブル・投機",
        "personal-data": "個人情報",
        "confidential-preannouncement": "機密・未発表",
        "draft-misfire": "下書き・誤爆",
        "sensitive-date": "追悼日との不調和",
        "live-crisis": "発災中",
        "trend-jacking": "便乗・ミーム・記念日",
        "competitor-disparagement": "他社・他者作品の格下げ",
        "dangerous-conduct": "危険・迷惑な行い",
        "workplace-gripe": "内輪の愚痴・労務自虐",
        "unverified-rumor": "未確認情報・疑似科学",
        "obfuscation": "伏せ字・当て字",
    }
)
