"""``flamecheck audit PATH… | -``: many posts in, one row out for each, in order."""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from flamecheck.cli.auditflags import columns_of
from flamecheck.cli.auditways import check_lines, on_spark, standard_input, stream
from flamecheck.cli.common import context_of, fail_tier, stored_screener
from flamecheck.cli.main import ERRORS, FLAGGED, version
from flamecheck.context import today
from flamecheck.display import visible
from flamecheck.errors import InputError

if TYPE_CHECKING:
    from flamecheck.archives.row import Archive
    from flamecheck.audit.choice import Choice
    from flamecheck.audit.result import RunFacts
    from flamecheck.audit.run import Progress
    from flamecheck.audit.screening import Desk
    from flamecheck.audit.work import Work
    from flamecheck.cli.common import Recipe
    from flamecheck.screener import Screener

STOPPED = 130
"""The status of a run that Ctrl-C has ended, whatever it found."""


def run(arguments: argparse.Namespace) -> int:
    """Screen every record; the summary goes to standard error."""
    if arguments.engine == "spark":
        return on_spark(arguments)
    if "-" in arguments.paths and len(arguments.paths) > 1:
        raise ValueError("標準入力（-）は、ほかのファイルといっしょには読めません")
    if arguments.paths == ["-"] and not arguments.output:
        return stream(arguments)
    try:
        return _audit(arguments)
    except KeyboardInterrupt:
        from flamecheck.audit.work import beside

        kept = arguments.output and beside(arguments.output[0]).is_dir()
        left = "ここまでに見た分は作業フォルダーにあり、--resume で続けられます"
        print(f"止めました。{left if kept else '何も書いていません'}", file=sys.stderr)
        return STOPPED


def _audit(arguments: argparse.Namespace) -> int:
    from flamecheck.audit.choice import Choice
    from flamecheck.audit.identity import asked_of
    from flamecheck.audit.publish import check_target, format_of, writer_of
    from flamecheck.audit.work import Work

    outputs = [(name, format_of(name, arguments.format)) for name in arguments.output]
    for name, form in outputs:
        check_target(name)
        writer_of(form)
    if not outputs and arguments.format not in (None, "jsonl"):
        raise ValueError(f"--format {arguments.format}: --output に書き出す先を書いてください")
    if arguments.compare and not Path(arguments.compare).is_file():
        raise InputError("unreadable", f"{arguments.compare}: くらべるファイルがありません")
    if arguments.input_format in (None, "jsonl") and any(name.endswith(".jsonl") for name in arguments.paths):
        check_lines(arguments.encoding or "utf-8")
    choice = Choice(arguments.since, arguments.until, arguments.sample, arguments.seed)
    with ExitStack() as stack:
        archives = _archives(arguments, stack)
        recipe = stored_screener(arguments)
        screener = recipe.make()
        limit = fail_tier(arguments, screener)
        if arguments.dry_run:
            return _estimated(arguments, archives, screener)
        options = {"version": version(), "format": arguments.input_format, "encoding": arguments.encoding}
        options |= {"column": sorted(arguments.column), "sheet": arguments.sheet, "as_of": arguments.as_of}
        options |= asdict(context_of(arguments))
        folder = _work_folder(outputs, stack)
        asked = asked_of(arguments.paths, screener, choice, options)
        again = {"resume": arguments.resume, "restart": arguments.restart}
        work = stack.enter_context(Work(folder, asked, made_on=today().isoformat(), **again))
        return _run(_Run(arguments, archives, choice, screener, recipe, work, outputs), limit.rank)


@dataclass(slots=True, frozen=True)
class _Run:
    arguments: argparse.Namespace
    archives: Sequence[Archive]
    choice: Choice
    screener: Screener
    recipe: Recipe
    work: Work
    outputs: Sequence[tuple[str, str]]


def _run(asked: _Run, limit: int) -> int:
    """Do the job, write every output from what there is then, and say what became of every record."""
    from flamecheck.audit.run import Job, run
    from flamecheck.audit.sameness import Sameness
    from flamecheck.audit.telling import facts_of, summary_of

    arguments, work, screener = asked.arguments, asked.work, asked.screener
    sameness = Sameness(screener.ruleset.whens, screener.pack.rules, arguments.as_of)
    make = partial(_desk, screener if sys.platform == "linux" else asked.recipe)
    with _stopping() as stopped, _bar(asked) as bar:
        whole = run(
            Job(
                asked.archives,
                make,
                sameness,
                work,
                asked.choice,
                jobs=_jobs(arguments),
                warn=_warn,
                progress=bar,
                stopped=stopped,
            )
        )
    counts = work.counts
    facts = facts_of(
        screener,
        counts,
        archives=[archive.name for archive in asked.archives],
        whole=whole,
        sampled=asked.choice.told,
        made_on=work.made_on,
        version=version(),
    )
    _publish(asked, facts)
    print(summary_of(counts, asked.choice.told), file=sys.stderr)
    if not whole:
        again = (
            "同じ指定に --resume を付けると、続きから見ます"
            if asked.outputs
            else "--output を付けると、続きから見られるようになります"
        )
        print(f"途中で止めました。出力は、ここまでに見た {counts.read} 件の分です。{again}", file=sys.stderr)
        return STOPPED
    work.remove()
    return FLAGGED * (counts.highest >= limit and not arguments.report_only) | ERRORS * bool(counts.quarantined)


def _publish(asked: _Run, facts: RunFacts) -> None:
    """Write what is made from the work file: the comparison first, for the old file may be an output as well."""
    from flamecheck.audit.publish import placing, publish
    from flamecheck.audit.quarantine import quarantine_name, write_quarantine

    arguments, work = asked.arguments, asked.work
    first = asked.outputs[0][0] if asked.outputs else ""
    if arguments.compare:
        from flamecheck.audit.change import Known
        from flamecheck.audit.comparison import write_changes

        rules = {rule.id: rule for rule in asked.screener.pack.rules}
        gone = {name: retired.why for name, retired in asked.screener.pack.retired.items()}
        ranks = {tier.id: tier.rank for tier in facts.tiers}
        known = Known(rules=rules, retired=gone, as_of=arguments.as_of, tiers=ranks)
        path = Path(first or arguments.compare)
        with placing(arguments.changes or str(path.with_name(f"{path.stem}.changes.jsonl"))) as target:
            summary = write_changes(arguments.compare, work, str(target), known, work.folder)
        print(summary.text(), file=sys.stderr)
    for name, form in asked.outputs:
        publish(work, facts, name, form)
    if not asked.outputs:
        _show(work)
    quarantine = arguments.quarantine or (quarantine_name(first) if first and _is_file(first) else "")
    if quarantine and (facts.quarantined or Path(quarantine).exists()):
        write_quarantine(work.lines(), quarantine)
        print(f"読めなかった記録 {facts.quarantined} 件は {visible(quarantine)} にあります", file=sys.stderr)


def _show(work: Work) -> None:
    from flamecheck.audit.outputs.jsonl import row_of
    from flamecheck.wire import dump

    for result in work:
        sys.stdout.write(dump(row_of(result)) + "\n")


def _desk(made: Screener | Recipe) -> Desk:
    """Return who screens, for a worker: with the screener it has inherited, or one it makes itself."""
    from flamecheck.audit.screening import Desk
    from flamecheck.cli.common import Recipe

    return Desk((made.make() if isinstance(made, Recipe) else made).screen)


def _archives(arguments: argparse.Namespace, stack: ExitStack) -> list[Archive]:
    """Return the archives, after saying what was guessed about each."""
    from flamecheck.archives.open import open_archive
    from flamecheck.archives.row import Asked
    from flamecheck.audit.filled import Filled

    paths = [Path(name) for name in arguments.paths]
    form = arguments.input_format
    if arguments.paths == ["-"]:
        if arguments.resume:
            raise ValueError("--resume: 標準入力は、もう一度は読めません")
        paths, form = [_spooled(stack)], form or "jsonl"
    asked = Asked(arguments.encoding, form, columns_of(arguments.column), arguments.sheet)
    context = context_of(arguments)
    archives: list[Archive] = []
    for path in paths:
        try:
            archives.append(Filled(open_archive(path, asked), context))
        except InputError as error:
            raise InputError(error.code, _starred(error.message, path.as_posix()), line=error.line) from None
    for archive in archives:
        for line in archive.told:
            print(visible(_starred(line, archive.name)), file=sys.stderr)
    return archives


def _starred(told: str, name: str) -> str:
    """Return a line about an archive with its name in front; headers it quotes may be a post, and are starred."""
    from flamecheck.masks import starred

    return name + starred(told.removeprefix(name)) if told.startswith(name) else f"{name}: {starred(told)}"


def _spooled(stack: ExitStack) -> Path:
    """Return a file with all of standard input, which is gone at the end."""
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="flamecheck-")))
    path = folder / "stdin.jsonl"
    with path.open("wb") as out:
        shutil.copyfileobj(standard_input(), out)
    return path


def _work_folder(outputs: Sequence[tuple[str, str]], stack: ExitStack) -> Path:
    """Return the folder of the work file: beside the first output, named after it; without a file, for this run only."""
    if outputs and _is_file(outputs[0][0]):
        from flamecheck.audit.work import beside

        return beside(outputs[0][0])
    return Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="flamecheck-", ignore_cleanup_errors=True)))


def _is_file(name: str) -> bool:
    return not Path(name).exists() or Path(name).is_file()


def _estimated(arguments: argparse.Namespace, archives: Sequence[Archive], screener: Screener) -> int:
    from flamecheck.audit.estimate import estimate, told

    jobs = _jobs(arguments)
    print(told(estimate(archives, _desk(screener), jobs), jobs), file=sys.stderr)
    return 0


def _jobs(arguments: argparse.Namespace) -> int:
    return arguments.jobs or (len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)


def _warn(told: str) -> None:
    print(visible(told), file=sys.stderr)


@contextmanager
def _stopping() -> Iterator[Callable[[], bool]]:
    """Turn the first Ctrl-C into a question that is answered with yes; the second one ends the program."""
    asked: list[int] = []

    def stop(number: int, _: object) -> None:
        asked.append(number)
        signal.signal(signal.SIGINT, before)
        print(
            "\n止めています。ここまでの分を書き出します（もう一度 Ctrl-C で、書き出さずに終わります）", file=sys.stderr
        )

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield lambda: bool(asked)
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _bar(asked: _Run) -> Iterator[Progress]:
    """Show how far the run is, at a terminal and nowhere else."""
    from flamecheck.audit.run import Progress

    if not sys.stderr.isatty():
        yield Progress()
        return
    from flamecheck.audit.identity import size_of
    from flamecheck.audit.progress import Bar

    sizes = [archive.size for archive in asked.archives]
    weights = [size_of(Path(name)) for name in asked.arguments.paths]
    with Bar(sizes, weights, sys.stderr, asked.work.counts.read) as bar:
        yield bar
