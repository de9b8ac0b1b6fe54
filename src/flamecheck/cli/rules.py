"""``flamecheck rules list | show | check``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from flamecheck.cli.common import screener_of
from flamecheck.cli.main import ERRORS
from flamecheck.display import visible
from flamecheck.outputs.terminal import CONFIDENCE, SEVERITY
from flamecheck.rules.rule import Rule


def run(arguments: argparse.Namespace) -> int:
    """Run one of the three."""
    if arguments.what == "check":
        return _check([Path(name) for name in arguments.folders], arguments.format)
    rules = screener_of(arguments).ruleset.rules
    if arguments.what == "list":
        for rule in rules:
            print(f"{rule.id}\t{SEVERITY[rule.severity]}\t{rule.category}\t{rule.status}\t{rule.title}")
        return 0
    found = [rule for rule in rules if arguments.name in (rule.id, rule.category)]
    if not found:
        from flamecheck.errors import did_you_mean

        known = {name for rule in rules for name in (rule.id, rule.category)}
        raise ValueError(f"規則「{arguments.name}」はありません。{did_you_mean(arguments.name, known)}")
    print("\n".join(_shown(rule) for rule in found), end="")
    return 0


def _shown(rule: Rule) -> str:
    lines = [
        f"{rule.id}　{rule.title}",
        f"  分類: {rule.category}　重さ: {SEVERITY[rule.severity]}　確かさ: {CONFIDENCE[rule.confidence]}　{rule.status}",
        f"  伝えること: {rule.message}",
        f"  気にする人: {rule.affected}",
        f"  書き換え: {rule.rewrite}",
    ]
    lines += [f"  ガード: {guard.id}（{guard.title}）" for guard in rule.guards]
    lines += [f"  指摘する例: {visible(example.text)}" for example in rule.flags]
    lines += [f"  通す例: {visible(example.text)}" for example in rule.passes]
    lines += [f"  出典: {reference}" for reference in rule.references]
    return "\n".join(lines) + "\n"


def _check(folders: list[Path], form: str) -> int:
    from flamecheck.errors import in_order
    from flamecheck.outputs.diagnostics import render
    from flamecheck.review import check
    from flamecheck.rules.load import load_pack, packaged

    missing = [folder for folder in folders if not folder.is_dir()]
    if missing:
        raise ValueError(f"規則のフォルダーがありません: {', '.join(map(str, missing))}")
    chosen = folders or [packaged()]
    problems = in_order(check(chosen))
    # 人が読む形は、ほかの知らせと同じ所へ。プログラムが読む形だけを標準出力に出す。
    print(render(problems, form), end="", file=sys.stderr if form == "text" else sys.stdout)
    errors = sum(problem.level == "error" for problem in problems)
    if errors:
        print(f"誤り {errors} 件、注意 {len(problems) - errors} 件", file=sys.stderr)
        return ERRORS
    rules = load_pack(chosen).rules
    examples = sum(len(rule.flags) + len(rule.passes) for rule in rules)
    summary = f"規則 {len(rules)} 件、例 {examples} 件: すべて満たしています（注意 {len(problems)} 件）"
    print(summary, file=sys.stdout if form == "text" else sys.stderr)
    return 0
