"""``flamecheck``: arguments to verbs.  Nothing heavy is imported before a verb runs.

Exit status: 1 when a verdict is at or above ``--fail-at``, plus 2 when there were errors, bad usage included.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from datetime import date

FLAGGED, ERRORS = 1, 2


def parser() -> argparse.ArgumentParser:
    """Return the whole command line."""
    from flamecheck.cli import auditflags, authoring, flags, formats, init, settings

    top = argparse.ArgumentParser(
        prog="flamecheck", description="日本語の投稿を、公開する前に広報の目で読みます。文章はこの機械の外に出ません。"
    )
    top.add_argument("--version", action="version", version=f"flamecheck {version()}")
    verbs = top.add_subparsers(
        dest="verb", required=True, metavar="check|init|settings|baseline|audit|explain|rules|calendar|corpus"
    )

    check = verbs.add_parser("check", help="下書き（ファイル、フォルダー、- で標準入力）を見る")
    check.add_argument("paths", nargs="*", metavar="PATH", help="ファイルかフォルダー、または -")
    formats.add(check)
    _all_settings(check)
    _valid(check)
    _aside(check)
    flags.add_cache(check)

    init.add(verbs.add_parser("init", help="はじめの設定ファイル（flamecheck.toml）を書く"))
    shown = verbs.add_parser("settings", help="あるファイルに、どの設定がどこから効くかを見せる")
    _all_settings(settings.add(shown))

    _baseline(verbs.add_parser("baseline", help="前からある指摘を書きとめて、新しい指摘だけを見る"))

    audit = verbs.add_parser("audit", help="過去の投稿（書き出したファイルやフォルダー）をまとめて見る")
    auditflags.add(audit)
    _deciding(audit)
    _context(audit)
    _valid(audit)
    _rules(audit)

    explain = verbs.add_parser("explain", help="一つの文をどう読んだかを、全部見せる")
    explain.add_argument("text", metavar="TEXT", help="文、または - で標準入力")
    _context(explain)
    _valid(explain)
    _rules(explain)

    rules = verbs.add_parser("rules", help="規則を一覧し、見せ、確かめる")
    what = rules.add_subparsers(dest="what", required=True, metavar="list|show|check|test|new|tokens|doc|diff")
    listed = what.add_parser("list", help="規則の一覧")
    _rules(listed)
    show = what.add_parser("show", help="規則、枝、ガード、語彙、項目、分類のどれかを見せる")
    show.add_argument("name", metavar="ID", help="規則・分類・ガード・語彙の id、または 語彙#項目、規則#枝")
    _rules(show)
    _proving(what.add_parser("check", help="規則が自分の例を満たすかを確かめる"))
    authoring.add(what)

    corpus = verbs.add_parser("corpus", help="ラベル付きの投稿で規則の正確さを測る")
    part = corpus.add_subparsers(dest="what", required=True, metavar="run|diff|accept|record")
    for name, told in (
        ("run", "正確さの表を見せる"),
        ("diff", "受け入れた結果と違うものを見せる（あれば終了コード 1）"),
        ("accept", "いまの結果を受け入れる"),
        ("record", "まだ記録のない束の、最初の結果を書きとめる"),
    ):
        verb = part.add_parser(name, help=told)
        verb.add_argument("folder", nargs="?", default="corpora", metavar="FOLDER", help="コーパスのフォルダー")
        if name == "run":
            verb.add_argument("--failures", metavar="PART", help="ラベルと違うものだけを見せる（分類か束の名前、all）")
        _rules(verb)

    calendar = verbs.add_parser("calendar", help="これから来る、配慮の要る日を並べる")
    calendar.add_argument("--from", dest="first", type=_day, metavar="DATE", help="始まりの日（なければ今日）")
    calendar.add_argument("--days", type=int, default=30, metavar="N", help="何日先まで見るか（なければ 30）")
    calendar.add_argument(
        "--rules", action="append", default=[], metavar="DIR", help="自分の規則のフォルダー（何度でも）"
    )
    return top


def _aside(verb: argparse.ArgumentParser) -> None:
    group = verb.add_argument_group("前からの指摘、変わったところ、書き換え")
    known = group.add_mutually_exclusive_group()
    known.add_argument(
        "--baseline", metavar="FILE", help="ここにある指摘は抑える（なければ flamecheck-baseline.jsonl）"
    )
    known.add_argument("--no-baseline", action="store_true", help="ベースラインを使わない")
    changed = group.add_mutually_exclusive_group()
    changed.add_argument("--since", metavar="REV", help="git のこの版から変わったファイルと文だけを見る")
    changed.add_argument("--staged", action="store_true", help="git の次のコミットに入るものだけを、索引から見る")
    fixing = group.add_mutually_exclusive_group()
    fixing.add_argument("--diff", action="store_true", help="意味を変えない書き換えを、差分で見せる（書き込まない）")
    fixing.add_argument("--fix", action="store_true", help="意味を変えない書き換えを、差分で見せてから書き込む")


def _baseline(verb: argparse.ArgumentParser) -> None:
    from flamecheck.cli.flags import add_cache, add_settings

    part = verb.add_subparsers(dest="what", required=True, metavar="create|update|show")
    for name, told in (
        ("create", "いまある指摘を、新しいベースラインに書きとめる"),
        ("update", "増えた指摘を足す（足したものを一つずつ見せる）"),
        ("show", "何件あるかを、規則とファイルごとに見せる"),
    ):
        one = part.add_parser(name, help=told)
        one.add_argument("--baseline", metavar="FILE", help="ベースライン（なければ flamecheck-baseline.jsonl）")
        add_settings(one)
        if name == "show":
            continue
        one.add_argument("paths", nargs="+", metavar="PATH", help="ファイルかフォルダー")
        if name == "create":
            one.add_argument("--force", action="store_true", help="もうあるベースラインを作り直す")
        else:
            pruned = "見たファイルと、もうないファイルの、なくなった指摘を消す"
            one.add_argument("--prune", action="store_true", help=pruned)
            one.add_argument("--no-add", action="store_true", help="増えた指摘は足さない（--prune といっしょに使う）")
        one.add_argument("--policy", help="方針の id（standard strict relaxed sme）かファイル")
        one.add_argument("--encoding", type=_encoding, help="文字コード（なければ UTF-8）")
        _context(one)
        _valid(one)
        _rules(one)
        add_cache(one)


def _proving(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folders", nargs="*", metavar="PATH", help="規則のフォルダー（なければ同梱の規則）")
    parser.add_argument("--format", choices=("text", "concise", "json"), default="text", help="診断の出力の形")
    parser.add_argument("--verbose", action="store_true", help="例の要らない枝を、注意も含めて一つずつ見せる")
    parser.add_argument("--jobs", type=_jobs, default=1, metavar="N", help="枝を探すプロセスの数（はじめは 1）")
    parser.add_argument("--no-coverage", action="store_true", help="例の要らない枝を探さない（速い）")
    parser.add_argument("--rates", metavar="FILE.jsonl", help="ふだんの投稿で、規則ごとに候補と指摘の割合を見せる")


def _jobs(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 256:
        raise argparse.ArgumentTypeError(f"プロセスの数に「{text}」は使えません。1 から 256 までの数を書いてください")
    return int(text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"「{text}」という日はありません。例: 2026-08-09") from None


def version() -> str:
    """Return the version that is installed."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("flamecheck")
    except PackageNotFoundError:
        return "0.1.0"


def _encoding(name: str) -> str:
    try:
        b" ".decode(name)
    except UnicodeDecodeError:
        pass  # utf-16 などは一バイトでは読めない
    except (LookupError, ValueError):
        raise argparse.ArgumentTypeError(f"文字コード「{name}」はありません。例: utf-8, cp932, euc_jp") from None
    return name


def _deciding(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--policy", help="方針の id（standard strict relaxed sme）かファイル")
    verb.add_argument("--fail-at", metavar="TIER", help="この段階以上で終了コード 1（id か名前。はじめは koho）")
    verb.add_argument(
        "--report-only",
        action=argparse.BooleanOptionalAction,
        help="指摘があっても終了コードを 0 のままにする",
    )
    verb.add_argument("--encoding", type=_encoding, help="文字コード（なければ UTF-8）")


def _all_settings(verb: argparse.ArgumentParser) -> None:
    from flamecheck.cli.flags import add_settings

    _deciding(verb)
    add_settings(verb)
    _context(verb)
    _rules(verb)


def _context(verb: argparse.ArgumentParser) -> None:
    group = verb.add_argument_group("文脈（分からないものは書かない）")
    group.add_argument("--posted-at", metavar="TIME", help="公開する日時（2026-08-09T09:00、時差がなければ日本時間）")
    group.add_argument("--post-type", help="投稿の種類（campaign, apology, notice …）")
    group.add_argument("--channel", help="場所（x, blog …）")
    group.add_argument("--industry", help="業種（自由な文字列）")
    group.add_argument("--account", help="アカウント（自由な文字列）")
    group.add_argument("--paid", choices=("true", "false", "gifted"), help="広告・提供か")
    group.add_argument("--crisis", help="災害・事件の状況（none, watch, active, aftermath）")
    group.add_argument("--region", help="地域（都道府県名から書く。例: 宮城県仙台市）")
    group.add_argument("--voice", type=int, choices=(0, 1, 2, 3), help="声の調子（0 かたい … 3 くだけた）")
    group.add_argument("--scheduled", choices=("true", "false"), help="予約投稿か")


def _valid(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--as-of", type=_day, metavar="DATE", help="規則の有効期間を、投稿の日ではなくこの日で見る")


def _rules(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--rules", action="append", default=[], metavar="DIR", help="自分の規則のフォルダー（何度でも）")
    kinds = "規則の id、tone/ のような群、分類の id、status:test など。何度でも"
    verb.add_argument("--select", action="append", default=[], metavar="RULES", help=f"これだけを使う（{kinds}）")
    verb.add_argument("--extend-select", action="append", default=[], metavar="RULES", help="これも使う")
    verb.add_argument("--ignore", action="append", default=[], metavar="RULES", help="これは使わない")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb and return the exit status; bad usage exits with 2."""
    _open_closed()
    arguments = parser().parse_args(argv)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    verb = importlib.import_module(f"flamecheck.cli.{arguments.verb}")
    from flamecheck.errors import FlamecheckError, said

    try:
        status: int = verb.run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        _silence()
        return 0
    except OSError as error:
        print(f"読み書きできません: {said(error)}", file=sys.stderr)
        _silence()
        return ERRORS
    except (FlamecheckError, ValueError) as error:
        print(error, file=sys.stderr)
        return ERRORS
    return status


def _open_closed() -> None:
    """Give a stream that was closed before the start (``>&-``) the null device, for Python has None in its place."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123 - 終わりまで開けておく


def _silence() -> None:
    """Drop what standard output still holds, so that leaving does not fail on it again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    sys.exit(main())
