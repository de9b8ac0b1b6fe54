"""The flags of ``audit``: what is read, which of it, where it goes."""

from __future__ import annotations

import argparse
from datetime import date
from typing import Final

FORMATS: Final = ("jsonl", "csv", "xlsx", "parquet", "html")


def add(verb: argparse.ArgumentParser) -> None:
    """Ask for archives, a choice among their posts, the run and its outputs."""
    verb.add_argument(
        "paths",
        nargs="+",
        metavar="PATH",
        help="投稿の入ったファイルかフォルダー（何個でも）、または -（標準入力の JSON Lines）",
    )
    out = verb.add_argument_group("出力")
    out.add_argument(
        "--output",
        action="append",
        default=[],
        metavar="FILE",
        help="書き出す先（何度でも。なければ標準出力）。形は .jsonl .csv .xlsx .parquet .html から決まる",
    )
    out.add_argument("--format", choices=FORMATS, help="出力の形（なければ、書き出す先の名前から決める）")
    out.add_argument("--quarantine", metavar="FILE", help="読めない記録を書く先（なければ、はじめの出力の隣）")
    out.add_argument("--compare", metavar="OLD.jsonl", help="前の監査の JSON Lines とくらべる")
    out.add_argument("--changes", metavar="FILE", help="くらべて変わったものを書く先（なければ、はじめの出力の隣）")
    read = verb.add_argument_group("読み方（なければ、中を見て決める）")
    read.add_argument("--input-format", metavar="NAME", help="入力の形（csv, xlsx, jsonl, x …）")
    read.add_argument(
        "--column",
        action="append",
        default=[],
        metavar="KEY=NAME",
        help="この項目はこの列にある（text=本文、posted_at=投稿日時 など。何度でも）",
    )
    read.add_argument("--sheet", metavar="NAME", help="ワークブックの、このシートを読む")
    some = verb.add_argument_group("見る範囲")
    some.add_argument("--since", type=_day, metavar="DATE", help="この日からの投稿だけを見る（投稿の日で決める）")
    some.add_argument("--until", type=_day, metavar="DATE", help="この日までの投稿だけを見る")
    some.add_argument("--sample", type=_count, metavar="N", help="無作為に N 件だけを見る")
    some.add_argument("--seed", type=int, default=0, metavar="N", help="同じ数なら同じ投稿を選ぶ（はじめは 0）")
    how = verb.add_argument_group("進め方")
    how.add_argument("--jobs", type=_jobs, metavar="N", help="見るプロセスの数（なければコアの数）")
    how.add_argument(
        "--engine",
        choices=("processes", "spark"),
        default="processes",
        help="どこで見るか（spark は Parquet のフォルダーから、まだないフォルダーへ）",
    )
    how.add_argument("--master", default="local[*]", metavar="URL", help="Spark のマスター（はじめは local[*]）")
    again = how.add_mutually_exclusive_group()
    again.add_argument("--resume", action="store_true", help="途中で止まった監査を、そこから続ける")
    again.add_argument("--restart", action="store_true", help="途中で止まった監査を捨てて、はじめから見る")
    again.add_argument(
        "--dry-run", action="store_true", help="少しだけ見て、件数と時間の見積もりを出す（何も書かない）"
    )


def columns_of(pairs: list[str]) -> dict[str, str]:
    """Return which column holds what; raises ValueError for a pair without ``=`` and for a key that is given twice."""
    found: dict[str, str] = {}
    for pair in pairs:
        key, sign, name = pair.partition("=")
        if not sign or not key.strip() or not name:
            raise ValueError(f"--column {pair}: 項目=列の名前（text=本文）の形で書いてください")
        if key.strip() in found:
            raise ValueError(f"--column {pair}: {key.strip()} の列が二つあります")
        found[key.strip()] = name
    return found


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"「{text}」という日はありません。例: 2026-08-09") from None


def _count(text: str) -> int:
    if not text.isdecimal() or not text.isascii() or not 1 <= int(text) <= 10_000_000:
        raise argparse.ArgumentTypeError(f"件数に「{text}」は使えません。1 から 10000000 までの数を書いてください")
    return int(text)


def _jobs(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 256:
        raise argparse.ArgumentTypeError(f"プロセスの数に「{text}」は使えません。1 から 256 までの数を書いてください")
    return int(text)
