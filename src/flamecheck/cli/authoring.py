"""``flamecheck rules test | new | tokens | doc | diff``: the tools of a rule author."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flamecheck.cli.main import FLAGGED
from flamecheck.display import visible

if TYPE_CHECKING:
    from flamecheck.review.difference import Moved
    from flamecheck.rules.rule import Pack

_TOKEN_KEYS = ("surface", "dictionary_form", "normalized_form", "reading", "pos", "is_oov", "start", "end")


def add(what: Any) -> None:
    """Add the five to the verbs of ``rules``."""
    test = what.add_parser("test", help="自分の規則の例を、一つずつ試す")
    test.add_argument("folders", nargs="+", metavar="PATH", help="規則のフォルダー")
    test.add_argument("--quiet", action="store_true", help="落ちた例だけを見せる")
    new = what.add_parser("new", help="文から規則の下書きを作る")
    new.add_argument("phrase", metavar="PHRASE", help="文。( ) で囲んだところを見つける。例: (女のくせに)生意気だ")
    new.add_argument("--id", default="tone/my-rule", metavar="ID", help="規則の id（群/名前）")
    new.add_argument("--output", metavar="FILE", help="書き出す先（なければ標準出力。あるファイルには書かない）")
    tokens = what.add_parser("tokens", help="文がどう語に切れるかを見せる")
    tokens.add_argument("text", metavar="TEXT", help="文")
    tokens.add_argument("--format", choices=("text", "json"), default="text", help="出力の形")
    doc = what.add_parser("doc", help="規則を一つずつ、読み物にする")
    doc.add_argument("folders", nargs="*", metavar="PATH", help="規則のフォルダー（なければ同梱の規則）")
    doc.add_argument("--output", default="rules-doc", metavar="DIR", help="書き出すフォルダー")
    diff = what.add_parser("diff", help="二つの規則集で、どの投稿の指摘が変わるかを見せる（あれば終了コード 1）")
    diff.add_argument("old", metavar="OLD", help="規則のフォルダー、または shipped")
    diff.add_argument("new", metavar="NEW", help="規則のフォルダー、または shipped")
    diff.add_argument("corpus", metavar="CORPUS.jsonl", help="一行に一件の投稿（id, text, context）")
    diff.add_argument("--format", choices=("text", "json"), default="text", help="出力の形")


def run(arguments: argparse.Namespace) -> int:
    """Run one of the five."""
    verb = {"test": _test, "new": _new, "tokens": _tokens, "doc": _doc, "diff": _diff}[arguments.what]
    return verb(arguments)


def _loaded(names: list[str]) -> Pack:
    from flamecheck.rules.load import load_pack, packaged

    folders = [packaged() if name == "shipped" else Path(name) for name in names] or [packaged()]
    missing = [folder for folder in folders if not folder.is_dir()]
    if missing:
        raise ValueError(f"規則のフォルダーがありません: {', '.join(map(str, missing))}")
    return load_pack(folders)


def _test(arguments: argparse.Namespace) -> int:
    from flamecheck.review.bench import Bench
    from flamecheck.review.check import below
    from flamecheck.review.trial import trials
    from flamecheck.tokenizers.sudachi import SudachiTokenizer

    tokenizer = SudachiTokenizer()
    bench = Bench.of(_loaded(arguments.folders), tokenizer)
    folders = [Path(name).resolve() for name in arguments.folders]
    passed = failed = 0
    for rule in bench.pack.rules:
        if not below(rule.place, folders):
            continue
        for trial in trials(bench, rule):
            if not trial.failure:
                passed += 1
                if not arguments.quiet:
                    print(f"○ {rule.id} {trial.name} {visible(trial.text)}")
                continue
            failed += 1
            print(f"× {rule.id} {trial.name} {trial.example.place}")
            print("\n".join(f"    {visible(line)}" for line in trial.failure.splitlines()))
    print(f"例 {passed + failed} 件: 満たしたもの {passed}、満たさないもの {failed}、辞書 {tokenizer.version}")
    return FLAGGED if failed else 0


def _new(arguments: argparse.Namespace) -> int:
    from flamecheck.review.draft import draft
    from flamecheck.tokenizers.sudachi import SudachiTokenizer

    text = draft(arguments.phrase, arguments.id, _loaded([]).lexicons, SudachiTokenizer())
    if arguments.output is None:
        print(text, end="")
        return 0
    path = Path(arguments.output)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise ValueError(f"{path} はもうあります。上書きはしません") from None
    print(f"{path} に下書きを書きました。# の注を読んで、直してください", file=sys.stderr)
    return 0


def _tokens(arguments: argparse.Namespace) -> int:
    from flamecheck.normalize import fold
    from flamecheck.tokenizers.sudachi import SudachiTokenizer

    tokenizer = SudachiTokenizer()
    folded = fold(arguments.text).text
    modes = {"C": tokenizer.tokenize(folded), "A": tokenizer.split(folded)}
    if arguments.format == "json":
        told = {
            mode: [{key: asdict(token)[key] for key in _TOKEN_KEYS} for token in tokens]
            for mode, tokens in modes.items()
        }
        print(json.dumps({"dictionary": tokenizer.version, "folded": folded, "tokens": told}, ensure_ascii=False))
        return 0
    print(f"表記をそろえた文: {visible(folded)}")
    for mode, tokens in modes.items():
        print(f"{mode} 単位（{tokenizer.version}）")
        print("  位置\t表層\t辞書形\t正規化形\t読み\t品詞")
        for token in tokens:
            tag = "-".join(part for part in token.pos if part != "*") + ("（未知語）" if token.is_oov else "")
            forms = (token.surface, token.dictionary_form, token.normalized_form, token.reading, tag)
            print("\t".join([f"  {token.start}–{token.end}", *(visible(form) for form in forms)]))
    return 0


def _doc(arguments: argparse.Namespace) -> int:
    from flamecheck.review.page import pages

    folder = Path(arguments.output)
    made = pages(_loaded(arguments.folders))
    for name, text in made.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
    print(f"{folder} に {len(made)} 頁を書きました")
    return 0


def _diff(arguments: argparse.Namespace) -> int:
    from collections import Counter

    from flamecheck.compiler import compile_rules
    from flamecheck.inputs.jsonl import parse_row
    from flamecheck.policy.load import load_policy
    from flamecheck.review.difference import differences
    from flamecheck.rules.load import packaged
    from flamecheck.tokenizers.sudachi import SudachiTokenizer

    tokenizer = SudachiTokenizer()
    old, new = (compile_rules(_loaded([name]), tokenizer) for name in (arguments.old, arguments.new))
    lines = Path(arguments.corpus).read_bytes().splitlines()
    posts = [parse_row(line, number)[0] for number, line in enumerate(lines, 1) if line.strip()]
    policy = load_policy("standard", [packaged() / "policies"])
    moved = list(differences(posts, old, new, policy, tokenizer))
    counts = Counter(change.kind for item in moved for change in item.changes)
    if arguments.format == "json":
        print(json.dumps({"posts": len(posts), "moved": [_row(item) for item in moved]}, ensure_ascii=False))
        return FLAGGED if moved else 0
    for item in moved:
        tier = item.before if item.before == item.after else f"{item.before} → {item.after}"
        print(f"{item.post.id}（{tier}）{visible(item.post.text)}")
        for change in item.changes:
            print(f"  {_SIGNS[change.kind]} {change.rule_id}「{visible(change.matched)}」 {change.why}")
    told = "、".join(f"{_NAMES[kind]} {counts[kind]}" for kind in _NAMES)
    print(f"投稿 {len(posts)} 件のうち {len(moved)} 件で指摘が変わりました（{told}）")
    return FLAGGED if moved else 0


_SIGNS = {"added": "+", "removed": "-", "regraded": "~"}
_NAMES = {"added": "増えた指摘", "removed": "消えた指摘", "regraded": "重さの変わった指摘"}


def _row(item: Moved) -> dict[str, Any]:
    changes = [asdict(change) for change in item.changes]
    return {"id": item.post.id, "text": item.post.text, "tier": [item.before, item.after], "changes": changes}
