"""Keys, tokens and passwords: what they take and what they leave."""

from __future__ import annotations

import pytest
from detecting import drawn, lines, sure

# 本物に見える鍵を置かないよう、形だけを組み立てる。
RUN = "Zq7Lm2Xv9Tb4Kc8Wn3Rp6Hd5Js1Fg0Qy"
SHAPES = [
    "AKIA" + "QZ7LM2XV3TB4KC6W",
    "ASIA" + "QZ7LM2XV3TB4KC6W",
    "ghp_" + RUN + "Ab12",
    "gho_" + RUN + "Ab12",
    "github_pat_" + RUN[:22] + "_" + RUN + RUN[:27],
    "xoxb-" + "2345678901-" + RUN[:24],
    "AIza" + RUN + "Abc",
    "sk_live_" + RUN[:24],
    "rk_live_" + RUN[:24],
    "sk-" + RUN + RUN[:10],
    "sk-ant-" + RUN + RUN[:10],
    "npm_" + RUN + "Ab12",
    "SG." + RUN[:22] + "." + RUN + RUN[:11],
    "eyJ" + RUN + ".eyJ" + RUN + "." + RUN,
    "https://hooks.slack.com/services/T" + RUN[:9] + "/B" + RUN[:9] + "/" + RUN[:24],
    "-----BEGIN PRIVATE KEY-----",
    "-----BEGIN RSA PRIVATE KEY-----",
    "-----BEGIN OPENSSH PRIVATE KEY-----",
]
TAKEN = """
⟦パスワードはneko2026⟧です
⟦パスワード：neko2026⟧
⟦パスワードは「neko2026⟧」です
⟦パスワードは⏎neko2026⟧
⟦ﾊﾟｽﾜｰﾄﾞはneko2026⟧
⟦パスワードはｎｅｋｏ２０２６⟧
⟦パスワード→neko2026⟧
⟦パスコード：482193⟧
⟦暗証番号は4821⟧です
⟦PW: neko2026⟧
⟦PASS：neko2026⟧
ID: koho / ⟦PW: neko2026⟧
⟦APIキーはq7lm2xv9⟧
⟦password=hunter22⟧
⟦password: hunter22⟧
"⟦password": "hunter22⟧"
⟦DB_PASSWORD=hunter22⟧
⟦api_key=q7lm2xv9tb4k⟧
⟦access_token = q7lm2xv9tb4k⟧
⟦client_secret: 'q7lm2xv9tb4k⟧'
Authorization: ⟦Bearer q7lm2xv9tb4kc8wn3rp6⟧
⟦https://koho:hunter22⟧@midori.jp/
⟦パスワードはhunter!two⟧です
"""
LEFT = """
パスワードは8文字以上です
パスワードは8-16文字で入れてください
パスワードは定期的に変えましょう
パスワードを忘れた方へ
パスワードは********です
パスワードはxxxxxxxxです
パスワード：（後ほど送ります）
パスワードは「password」のままにしない
暗証番号は4桁です
暗証番号は1234のような並びを避ける
暗証番号は0000
パスワードは3回まで間違えられます
パスコード画面
password: ********
password=<your-password>
password=${PASSWORD}
password: your-password1
password=changeme
token = os.environ["TOKEN2"]
token=process.env.TOKEN1
api_key: YOUR_API_KEY1
secret: props.user.secret
AKIAIOSFODNN7EXAMPLE
パスポート番号
boarding pass: 12番ゲート
pass: 1000円
Bearer token
https://midori.jp:8080/a@b
-----BEGIN PUBLIC KEY-----
-----BEGIN CERTIFICATE-----
token: string
"""


@pytest.mark.parametrize("shape", SHAPES)
def test_known_shapes_are_taken_in_any_case(shape: str) -> None:
    bare = shape.removeprefix("https://")
    for text in (f"鍵は⟦{bare}⟧です", f"鍵は⟦{bare.upper()}⟧です", f"⟦{bare}⟧\n"):
        assert drawn("credentials", text) == text
    assert sure("credentials", shape) == ["high"]


@pytest.mark.parametrize("text", lines(TAKEN))
def test_values_behind_a_name_are_taken(text: str) -> None:
    assert drawn("credentials", text) == text


@pytest.mark.parametrize("text", lines(LEFT))
def test_advice_stand_ins_and_code_are_left(text: str) -> None:
    assert drawn("credentials", text) == text
