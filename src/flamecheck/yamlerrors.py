"""What the YAML parser complains of, in plain Japanese; its own words stay as a detail for those who look them up."""

from __future__ import annotations

from typing import Final, NamedTuple


class Complaint(NamedTuple):
    """What to say for one of the parser's complaints; ``at_context`` points at where the broken thing began."""

    message: str
    help: str
    at_context: bool = False


QUOTE: Final = "値の全体を引用符で囲んでください"

# 順に見て、最初に含まれるもの。libyaml と純 Python の読み手は、同じことを少し違う言葉で言う。
_COMPLAINTS: Final = (
    ("mapping values are not allowed", Complaint("ここに「: 」は置けません", "「: 」を含む値なら、" + QUOTE)),
    ("quoted scalar found unexpected", Complaint("引用符が閉じていません", "同じ引用符で閉じてください", at_context=True)),
    ("unknown escape character", Complaint("知らない \\ の書き方です", "\\ をそのまま書くなら、' で囲んでください")),
    ("escape sequence", Complaint("\\ の後ろの数字が足りません", "\\u3042 のように、決まった桁数の 16 進数で書いてください")),
    ("hexdecimal number", Complaint("\\ の後ろの数字が足りません", "\\u3042 のように、決まった桁数の 16 進数で書いてください")),
    ("hexadecimal number", Complaint("\\ の後ろの数字が足りません", "\\u3042 のように、決まった桁数の 16 進数で書いてください")),
    ("Unicode character escape", Complaint("その番号の文字はありません", "文字をそのまま書いてください")),
    ("flow sequence", Complaint("[ が閉じていないか、項目の間に , がありません", "] か , を足してください", at_context=True)),
    ("flow mapping", Complaint("{ が閉じていないか、組の間に , がありません", "} か , を足してください", at_context=True)),
    ("simple key", Complaint("キーの後ろに「: 」がありません", "「キー: 値」の形にしてください", at_context=True)),
    ("tab character", Complaint("字下げにタブは使えません", "空白で字下げしてください")),
    ("found character '\\t'", Complaint("字下げにタブは使えません", "空白で字下げしてください")),
    ("cannot start any token", Complaint("この記号で値を始めることはできません", QUOTE)),
    ("block mapping did not find expected key", Complaint("ここにキーは置けません", "字下げの段と、前の行の引用符を確かめてください")),
    ("block mapping expected", Complaint("ここにキーは置けません", "字下げの段と、前の行の引用符を確かめてください")),
    ("block collection", Complaint("一覧の途中に、- で始まらない行があります", "字下げの段を確かめてください")),
    ("sequence entries", Complaint("ここに - で始まる一覧は置けません", "キーの次の行から書くか、" + QUOTE)),
    ("mapping keys are not allowed", Complaint("ここに ? で始まるキーは置けません", QUOTE)),
    ("node content", Complaint("ここに値がありません", "[ ] { } , で始まる値なら、" + QUOTE)),
    ("incompatible", Complaint("% で始まる行は使えません", QUOTE)),
    ("directive", Complaint("% で始まる行は使えません", QUOTE)),
    ("document start", Complaint("一番上の段が、前の行と続いていません", "字下げの段を確かめてください")),
    ("block scalar", Complaint("| や > の書き方が違います", "| や > の後ろで改行し、次の行を空白で字下げしてください")),
    ("anchor", Complaint("& の後ろに名前がありません", QUOTE)),
    ("alias", Complaint("* の後ろに名前がありません", QUOTE)),
    ("tag", Complaint("! で始まる値は使えません", QUOTE)),
)  # fmt: skip
_OTHER: Final = Complaint("YAML として読めません", "字下げと引用符を確かめてください")


def complaint(detail: str, char: str) -> Complaint:
    """Return what to say for the parser's words ``detail`` about ``char``, the character it stopped at."""
    if char == "\t":
        detail = "tab character"
    return next((said for words, said in _COMPLAINTS if words in detail), _OTHER)
