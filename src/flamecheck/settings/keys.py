"""Every key of the settings: what kind of value it takes and whether it may differ from path to path."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(slots=True, frozen=True)
class Key:
    """One key; ``each`` keys may stand in ``overrides``, ``told`` is its meaning in a line."""

    kind: str
    told: str
    each: bool = False

    @property
    def many(self) -> bool:
        """Return whether the key has any number of values."""
        return self.kind in ("texts", "globs", "folders", "allow", "lexicons")


KEYS: Final[dict[str, Key]] = {
    "extends": Key("extends", "先に読む設定ファイル（一つか一覧）"),
    "packs": Key("folders", "自分の規則集のフォルダー"),
    "lexicons": Key("lexicons", "語彙に足す自分の言葉"),
    "policy": Key("policy", "方針の id かファイル"),
    "baseline": Key("file", "ベースラインのファイル"),
    "include": Key("globs", "フォルダーの中で見るファイル"),
    "exclude": Key("globs", "フォルダーの中で見ないファイル"),
    "force-exclude": Key("flag", "名指ししたファイルにも exclude を使うか"),
    "max-per-file": Key("count", "ファイルごとに見せる指摘の数（0 なら全部）"),
    "report-only": Key("flag", "指摘があっても終了コードを 0 のままにするか"),
    "fail-at": Key("text", "この段階以上で終了コード 1", each=True),
    "select": Key("texts", "これだけを使う規則", each=True),
    "extend-select": Key("texts", "これも使う規則", each=True),
    "ignore": Key("texts", "使わない規則", each=True),
    "severity": Key("grades", "規則の id ごとの重さ", each=True),
    "allow": Key("allow", "指摘しない自社の言葉と、その理由", each=True),
    "context": Key("context", "いつ、どこに、だれが出すか", each=True),
    "fields": Key("texts", "YAML・JSON で見る項目", each=True),
    "overrides": Key("overrides", "paths に合うファイルだけの設定"),
}
"""In the order in which ``flamecheck settings show`` lists them."""
EACH: Final = tuple(name for name, key in KEYS.items() if key.each)
