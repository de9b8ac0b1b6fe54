"""Slots nobody filled in: what they take and what they leave."""

from __future__ import annotations

import pytest
from detecting import drawn, lines

TAKEN = """
⟦{{customer_name}}⟧様、こんにちは
⟦○○様⟧、いつもありがとうございます
価格は⟦××円⟧です
⟦【下書き】⟧新商品のお知らせ
⟦[○○]⟧を発売します
合計⟦${total}⟧円
合計⟦＄｛ｔｏｔａｌ｝⟧円
⟦●●さん⟧にお話をうかがいました
⟦○○月⟧⟦○○日⟧に開きます
⟦△△株式会社⟧と提携します
⟦株式会社○○⟧の新作
⟦○○店⟧がオープンします
⟦●●市⟧で催しを開きます
⟦〇〇県⟧のみなさまへ
⟦◯◯ポイント⟧をさしあげます
⟦<%= name %>⟧様
⟦%%NAME%%⟧様
⟦TODO⟧: 画像を入れる
ﾃﾞｰﾀは⟦（仮）⟧です
⟦【要確認】⟧日付
⟦【ここに商品名】⟧を発売
⟦lorem ipsum⟧ dolor
⏎⟦○○様⟧⏎ご来店ありがとうございます
⟦●●市⟧で講座を開催しました
先着⟦○○名様⟧に
"""
LEFT = """
○○に入る言葉は何でしょう
二〇〇円引き
XXLサイズ
1990年代
TODOリストアプリ
穴埋めクイズ！○○様に入るのは？
仮予約を受け付けます
●●市に家族で行ってきました
岐阜県●●市の宿に泊まりました
●●県の博物館を訪れました
●●市街を見渡せます
一人●●円程で遊べます
○×クイズ大会
×印をつける
10×20円
◎おすすめ
○月と太陽
三〇〇円
下書きを公開しました
仮装パーティー
{name}
100%%
【注目】新商品
(笑)
●新商品のお知らせ
"""


@pytest.mark.parametrize("text", lines(TAKEN))
def test_slots_are_taken(text: str) -> None:
    assert drawn("placeholder", text) == text


@pytest.mark.parametrize("text", lines(LEFT))
def test_ordinary_signs_and_names_hidden_on_purpose_are_left(text: str) -> None:
    assert drawn("placeholder", text) == text
