"""``flamecheck rules list | show | check``; the rest of ``rules`` is in ``cli.authoring``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from flamecheck.cli.common import screener_of
from flamecheck.cli.main import ERRORS
from flamecheck.display import visible
from flamecheck.errors import Place
from flamecheck.messages import Words
from flamecheck.rules.branches import branch_ids
from flamecheck.rules.rule import Guard, Lexicon, Rule


def run(arguments: argparse.Namespace) -> int:
    """Run one of the three here; the others are the tools of an author."""
    if arguments.what in ("test", "new", "tokens", "doc", "diff"):
        from flamecheck.cli import authoring

        return authoring.run(arguments)
    if arguments.what == "check" and arguments.rates:
        return _rates([Path(name) for name in arguments.folders], Path(arguments.rates))
    if arguments.what == "check":
        folders = [Path(name) for name in arguments.folders]
        return _check(
            folders, arguments.format, verbose=arguments.verbose, cover=not arguments.no_coverage, jobs=arguments.jobs
        )
    screener = screener_of(arguments)
    rules = screener.ruleset.rules
    if arguments.what == "list":
        told = Words()
        for rule in rules:
            status = f"使わない（{off}）" if (off := screener.selection.left_out.get(rule.id)) else rule.status
            severity = told(f"severity.{rule.severity.label}")
            print(f"{rule.id}\t{severity}\t{rule.category}\t{status}\t{rule.title}")
        for pack in screener.pack.packs:
            print(f"規則集 {pack.id} {pack.version or '（版なし）'} {pack.fingerprint}", file=sys.stderr)
        return 0
    lexicon, _, entry = arguments.name.partition("#")
    if lexicon in screener.pack.lexicons:
        print(_words(screener.pack.lexicons[lexicon], entry), end="")
        return 0
    if arguments.name in screener.pack.guards:
        print(_guard(screener.pack.guards[arguments.name], rules), end="")
        return 0
    branch = [(rule, phrase) for rule in rules for name, phrase in branch_ids(rule.match) if entry == name]
    if branch and any(rule.id == lexicon for rule, _ in branch):
        print("".join(f"{arguments.name}　{phrase.text}\n" for rule, phrase in branch if rule.id == lexicon), end="")
        return 0
    if arguments.name in screener.pack.retired:
        raise ValueError(screener.pack.retired[arguments.name].warning(Place("rules show", 1, 1)).render())
    found = [rule for rule in rules if arguments.name in (rule.id, rule.category)]
    if not found:
        from flamecheck.errors import did_you_mean

        known = {name for rule in rules for name in (rule.id, rule.category)}
        known |= {*screener.pack.guards, *screener.pack.lexicons}
        raise ValueError(f"規則「{arguments.name}」はありません。{did_you_mean(arguments.name, known)}")
    print("\n".join(_shown(rule) for rule in found), end="")
    return 0


def _shown(rule: Rule) -> str:
    told = Words()
    severity, sure = told(f"severity.{rule.severity.label}"), told(f"confidence.{rule.confidence.label}")
    lines = [
        f"{rule.id}　{rule.title}",
        f"  分類: {rule.category}　重さ: {severity}　確かさ: {sure}　{rule.status}",
        f"  伝えること: {rule.message}",
        f"  気にする人: {rule.affected}",
        f"  書き換え: {rule.rewrite}",
    ]
    lines += [f"  この規則は {overlaid}" for overlaid in rule.overlays]
    for guard in rule.guards:
        lines.append(f"  ガード: {guard.id}（{guard.title}）")
        lines += [f"    このガードは {overlaid}" for overlaid in guard.overlays]
    lines += [f"  枝: {rule.id}#{name}　{phrase.text}" for name, phrase in branch_ids(rule.match)]
    lines += [f"  指摘する例: {visible(text)}" for text in dict.fromkeys(e.template or e.text for e in rule.flags)]
    lines += [f"  通す例: {visible(text)}" for text in dict.fromkeys(e.template or e.text for e in rule.passes)]
    lines += [f"  出典: {reference}" for reference in rule.references]
    return "\n".join(lines) + "\n"


def _guard(guard: Guard, rules: Iterable[Rule]) -> str:
    """Return the cases of a guard and the rules that ask for it."""
    lines = [f"{guard.id}　{guard.title}", *(f"  このガードは {overlaid}" for overlaid in guard.overlays)]
    for case in guard.cases:
        effect = "取り下げる" if case.steps is None else f"{case.steps:+d}"
        lines.append(f"  {guard.id}#{case.id}　{case.why}　{effect}")
    users = [rule.id for rule in rules if any(used.shared and used.id == guard.id for used in rule.guards)]
    lines.append(f"  使う規則: {'、'.join(users) or 'なし'}")
    return "\n".join(lines) + "\n"


def _words(lexicon: Lexicon, entry: str) -> str:
    """Return the entries of a lexicon, or the one with that id; raises ValueError for an id it has not."""
    found = [item for item in lexicon.entries if not entry or item.id == entry]
    if not found:
        from flamecheck.errors import did_you_mean

        hint = did_you_mean(entry, [item.id for item in lexicon.entries])
        raise ValueError(f"語彙「{lexicon.id}」に項目「{entry}」はありません。{hint}")
    lines = [f"{lexicon.id}　{lexicon.title}", *(f"  この語彙は {overlaid}" for overlaid in lexicon.overlays)]
    for item in found:
        register = f"　使われ方: {item.register}" if item.register else ""
        lines.append(f"  {lexicon.id}#{item.id}　{item.phrase.text}　{item.sense}{register}　出典: {item.source}")
    return "\n".join(lines) + "\n"


def _rates(folders: list[Path], corpus: Path) -> int:
    """Print how broad each rule is on everyday posts; what is above the budget is marked."""
    from flamecheck.inputs.jsonl import parse_row
    from flamecheck.review.bench import Bench
    from flamecheck.review.quality import CANDIDATES, HITS, rates
    from flamecheck.rules.load import load_pack, packaged
    from flamecheck.tokenizers.sudachi import SudachiTokenizer

    bench = Bench.of(load_pack(folders or [packaged()]), SudachiTokenizer())
    rows = [parse_row(line, n) for n, line in enumerate(corpus.read_bytes().splitlines(), 1) if line.strip()]
    posts = [post for post, extra in rows if not extra.get("expect")]
    if not posts:
        raise ValueError(f"{corpus}: expect のない、または空の投稿がありません")
    print(f"ふだんの投稿 {len(posts)} 件（予算: 指摘 {HITS:.0%}、候補 {CANDIDATES:.0%}）\n規則\t候補\t指摘")
    for rate in rates(bench, posts):
        mark = "\t広すぎます" if rate.broad else ""
        print(f"{rate.rule.id}\t{rate.candidates / rate.posts:.1%}\t{rate.hits / rate.posts:.1%}{mark}")
    return 0


def _check(folders: list[Path], form: str, *, verbose: bool, cover: bool, jobs: int) -> int:
    from flamecheck.errors import in_order
    from flamecheck.outputs.diagnostics import render
    from flamecheck.review.check import check
    from flamecheck.rules.load import load_pack, packaged
    from flamecheck.tokenizers.sudachi import SudachiTokenizer

    missing = [folder for folder in folders if not folder.is_dir()]
    if missing:
        raise ValueError(f"規則のフォルダーがありません: {', '.join(map(str, missing))}")
    chosen = folders or [packaged()]
    tokenizer = SudachiTokenizer()
    problems = in_order(check(chosen, tokenizer, verbose=verbose, cover=cover, jobs=jobs))
    # 人が読む形は、ほかの知らせと同じ所へ。プログラムが読む形だけを標準出力に出す。
    print(render(problems, form), end="", file=sys.stderr if form == "text" else sys.stdout)
    errors = sum(problem.level == "error" for problem in problems)
    if errors:
        print(f"誤り {errors} 件、注意 {len(problems) - errors} 件", file=sys.stderr)
        return ERRORS
    rules = load_pack(chosen).rules
    examples = sum(len(rule.flags) + len(rule.passes) for rule in rules)
    summary = f"規則 {len(rules)} 件、例 {examples} 件: すべて満たしています（注意 {len(problems)} 件）、辞書 {tokenizer.version}"
    print(summary, file=sys.stdout if form == "text" else sys.stderr)
    return 0
