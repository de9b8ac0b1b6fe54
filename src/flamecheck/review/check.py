"""``flamecheck rules check``: does every rule prove itself?  Every problem is a located diagnostic.

Checked: each ``flag`` example gives exactly its drawn spans (and its severity, if it names one) and each ``pass``
example nothing above info; a ``stable`` rule has enough of both; every branch is needed by some example
(``review.coverage``), and none repeats another; no rule runs without a promise to the prefilter; a stable rule has a
source; no message accuses (``review.quality``).
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from flamecheck.errors import Diagnostic, LoadError, Place
from flamecheck.finding import Finding
from flamecheck.grading import Severity
from flamecheck.review.bench import Bench, moved, wrong
from flamecheck.review.coverage import coverage
from flamecheck.review.fixing import fixed
from flamecheck.review.quality import repeated, wording
from flamecheck.rules.examples import redrawn
from flamecheck.rules.load import load_pack
from flamecheck.rules.rule import Example
from flamecheck.ruleset import CompiledRule

if TYPE_CHECKING:
    from flamecheck.tokens import Tokenizer

STABLE_FLAGS, STABLE_PASSES = 6, 8
SHIPPED = "flamecheck"


def check(
    folders: Iterable[Path],
    tokenizer: Tokenizer | None = None,
    *,
    verbose: bool = False,
    cover: bool = True,
    jobs: int = 1,
) -> list[Diagnostic]:
    """Return every problem of the pack in ``folders``; an empty list means that every rule proves itself.

    With ``verbose``, branches without an example are told one by one even where they are no errors; without ``cover``
    nobody looks for them.  With ``jobs`` so many processes look, each with Sudachi's own dictionary; what they find is
    the same.
    """
    from flamecheck.tokenizers.sudachi import SudachiTokenizer

    given = list(folders)
    try:
        bench = Bench.of(load_pack(given), tokenizer or SudachiTokenizer())
    except LoadError as error:
        return list(error.diagnostics)
    pack = bench.pack
    own_folders = [Path(folder).resolve() for folder in given]
    found = [problem for compiled in bench.compiled.values() for problem in _problems(compiled, bench)]
    own = {overlaid.by.partition("/")[0] for overlaid in pack.overlays}
    changed = {rule.place.path for rule in pack.rules if rule.overlays or (own and rule.pack not in own)}
    problems = [*pack.warnings, *(_softened(problem, changed) for problem in found)]
    problems += [problem for problem in repeated(bench) if below(problem.place, own_folders)] if cover else []
    if cover and not any(problem.code in ("FC601", "FC602") for problem in problems):
        # 例が満たされていないと、何を取り除いても「例が落ちる」ので、枝の検査は意味を持たない。
        if jobs > 1:
            problems += _covered_by(jobs, given, verbose=verbose)
        else:
            problems += coverage(bench, lambda place: below(place, own_folders), everything=verbose)
    return problems


def _covered_by(jobs: int, folders: list[Path], *, verbose: bool) -> Iterator[Diagnostic]:
    """Yield what ``coverage`` finds, each file looked at by one of several processes."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        for found in pool.map(_share, [(folders, number, jobs, verbose) for number in range(jobs)]):
            yield from found


def _share(task: tuple[list[Path], int, int, bool]) -> list[Diagnostic]:
    """Return the gaps of every ``jobs``-th file; places lose their map into the file, which cannot travel."""
    from flamecheck.tokenizers.sudachi import SudachiTokenizer

    folders, number, jobs, verbose = task
    own_folders = [folder.resolve() for folder in folders]
    pack = load_pack(folders)
    bench = Bench.of(pack, SudachiTokenizer())
    places = (
        *(r.place for r in pack.rules),
        *(x.place for x in pack.lexicons.values()),
        *(g.place for g in pack.guards.values()),
    )
    mine = frozenset(sorted({place.path for place in places if place is not None})[number::jobs])
    found = coverage(bench, lambda place: place.path in mine and below(place, own_folders), everything=verbose)
    return [replace(problem, place=replace(problem.place, inside=None)) for problem in found]


def below(place: Place, folders: list[Path]) -> bool:
    """Return whether a place lies in a file below one of the resolved folders."""
    return any(Path(place.path).resolve().is_relative_to(folder) for folder in folders)


def _softened(problem: Diagnostic, changed: Container[str]) -> Diagnostic:
    """Return an example that an overlay made false as a warning (FC439): that is what the overlay was written for."""
    if problem.code not in ("FC601", "FC602") or problem.place.path not in changed:
        return problem
    message = f"{problem.message}（overlay で変わった、もとの例）"
    return Diagnostic("FC439", problem.place, message, problem.help, level="warning")


def _problems(compiled: CompiledRule, bench: Bench) -> Iterator[Diagnostic]:
    rule = compiled.rule
    for flag, examples in ((True, rule.flags), (False, rule.passes)):
        for example in examples:
            found = bench.findings(compiled, example)
            if wrong(rule, example, found, flag=flag):
                yield _failed(compiled, example, found, flag=flag)
    flags, passes = (len({example.place for example in examples}) for examples in (rule.flags, rule.passes))
    if rule.status == "stable" and (flags < STABLE_FLAGS or passes < STABLE_PASSES):
        wanted = f"stable には flag {STABLE_FLAGS} 件、pass {STABLE_PASSES} 件が要ります"
        yield Diagnostic("FC603", rule.place, f"{rule.id}: 例が足りません", wanted)
    if not flags or not passes:
        yield Diagnostic("FC603", rule.place, f"{rule.id}: flag と pass の例が両方要ります")
    if compiled.matcher.promise is None and rule.requires is None:
        hint = "必ず現れる文字を足してください。正規表現なら、literals に書いてください"
        level = "error" if rule.pack == SHIPPED else "warning"
        yield Diagnostic("FC604", rule.place, f"{rule.id}: 文字から候補を絞れません", hint, level=level)
    if rule.status == "stable" and not rule.references:
        hint = "references に、根拠の題名と url と見た日（retrieved）を書いてください"
        yield Diagnostic("FC610", rule.place, f"{rule.id}: 根拠がありません", hint, level="warning")
    yield from wording(rule)
    yield from fixed(compiled, bench)


def _failed(compiled: CompiledRule, example: Example, found: list[Finding], *, flag: bool) -> Diagnostic:
    rule = compiled.rule
    if flag:
        drawn = redrawn(example.text, [finding.span for finding in found]) if found else "なし"
        if [finding.span for finding in found] == list(example.spans):
            seen = "、".join(dict.fromkeys(finding.severity.label for finding in found))
            wanted = example.severity.label if example.severity else ""
            message = f"{rule.id}: 重さが例と違います（例 {wanted}、実際 {seen}）"
            return Diagnostic("FC601", example.place, message, f"見つけた範囲: {drawn}")
        message = f"{rule.id}: 見つけた範囲が ⟦ ⟧ と違います"
        if example.template:
            message += f"（{redrawn(example.text, example.spans)}）"
        return Diagnostic("FC601", example.place, message, f"見つけた範囲: {drawn}")
    spans = [finding.span for finding in found if finding.severity - moved(rule, example) > Severity.INFO]
    hint = f"見つけた範囲: {redrawn(example.text, spans)}"
    return Diagnostic("FC602", example.place, f"{rule.id}: 通すはずの例を指摘しました", hint)
