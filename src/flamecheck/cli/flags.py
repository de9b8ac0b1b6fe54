"""Flags that say what settings may say as well: how they are asked for, and what was given of them."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from flamecheck.context import Context

KEYS: Final = (
    "posted_at", "post_type", "channel", "industry", "account", "paid", "crisis", "region", "voice", "scheduled",
)  # fmt: skip
"""The keys of a context that have a flag."""
_LISTS: Final = ("select", "extend-select", "ignore", "include", "exclude", "fields")
_ONES: Final = ("policy", "fail-at", "report-only", "force-exclude", "max-per-file")


def add_settings(verb: argparse.ArgumentParser) -> None:
    """Ask which settings hold, and which files of a folder are read."""
    group = verb.add_argument_group("設定（pyproject.toml の [tool.flamecheck] か flamecheck.toml）")
    which = group.add_mutually_exclusive_group()
    which.add_argument("--config", metavar="FILE", help="この設定ファイルを使う（なければ、上のフォルダーを順に探す）")
    which.add_argument("--no-config", action="store_true", help="設定ファイルを使わない")
    group.add_argument("--include", action="append", default=[], metavar="GLOB", help="フォルダーでは、これだけを見る")
    group.add_argument("--exclude", action="append", default=[], metavar="GLOB", help="フォルダーでは、これも見ない")
    group.add_argument(
        "--force-exclude", action="store_true", default=None, help="名指ししたファイルも、exclude に合えば見ない"
    )
    group.add_argument(
        "--fields",
        action="append",
        default=[],
        metavar="NAME",
        help="YAML・JSON で見る項目（text や posts.*.body。何度でも）",
    )
    group.add_argument("--max-per-file", type=_count, metavar="N", help="ファイルごとに見せる指摘の数（0 なら全部）")


def add_cache(verb: argparse.ArgumentParser) -> None:
    """Ask where what was screened before is kept."""
    group = verb.add_mutually_exclusive_group()
    group.add_argument(
        "--cache-dir", metavar="DIR", help="見た結果を書きとめるフォルダー（なければ利用者のキャッシュ）"
    )
    group.add_argument("--no-cache", action="store_true", help="書きとめた結果を使わず、書きとめもしない")


def given(arguments: argparse.Namespace) -> dict[str, list[tuple[Any, str]]]:
    """Return the values of keys of the settings that flags give, each with its flag.

    Raises InputError for a context, ValueError for a pattern or a list of fields, that cannot be read.
    """
    found: dict[str, list[tuple[Any, str]]] = {}
    if rules := getattr(arguments, "rules", None):
        found["packs"] = [(Path(name), "--rules") for name in rules]
    if baseline := getattr(arguments, "baseline", None):
        found["baseline"] = [(Path(baseline), "--baseline")]
    for key in _LISTS:
        if values := getattr(arguments, _name(key), None):
            found[key] = [(value, f"--{key}") for value in values]
    for key in _ONES:
        if (value := getattr(arguments, _name(key), None)) is not None:
            found[key] = [(value, f"--{key}")]
    _check_globs(found)
    for value, flag in found.get("fields", ()):
        if "," in value:
            # どの項目にも合わず、何も見ないまま「引っかかりなし」になる。
            raise ValueError(f"{flag} {value}: 名前は一つずつ書いてください（{flag} text {flag} title）")
    values = dict(context_values(arguments))
    Context.of(values)
    return found | {f"context.{key}": [(value, f"--{key.replace('_', '-')}")] for key, value in values.items()}


def context_values(arguments: argparse.Namespace) -> Iterator[tuple[str, Any]]:
    """Yield the keys of a context that flags give, in the type each has."""
    for key in KEYS:
        value = getattr(arguments, key, None)
        if value is not None:
            yield key, value == "true" if key in ("paid", "scheduled") and value in ("true", "false") else value


def _check_globs(found: dict[str, list[tuple[Any, str]]]) -> None:
    from flamecheck.settings.globs import Globs

    for key in ("include", "exclude"):
        for value, flag in found.get(key, ()):
            try:
                Globs([value])
            except ValueError as error:
                raise ValueError(f"{flag} {value}: {error}") from None


def _name(key: str) -> str:
    return key.replace("-", "_")


def _count(text: str) -> int:
    if not text.isdecimal() or not text.isascii() or len(text) > 9:
        raise argparse.ArgumentTypeError(f"指摘の数に「{text}」は使えません。0 以上の数を書いてください")
    return int(text)
