"""``flamecheck check PATH… | -``: read drafts before they are published."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath

from flamecheck.checking.aside import aside_by
from flamecheck.checking.drafts import Changes, drafts_in, since, staged
from flamecheck.checking.run import Asked, Draft, check
from flamecheck.cli.common import baseline_of, cache_of, context_of, desk_of, settings_of
from flamecheck.cli.formats import tell
from flamecheck.cli.main import ERRORS, FLAGGED, version
from flamecheck.context import today
from flamecheck.display import visible
from flamecheck.errors import InputError
from flamecheck.formats import PROSE
from flamecheck.outcome import Outcome, Run
from flamecheck.settings.values import Settings


def run(arguments: argparse.Namespace) -> int:
    """Screen every file; a broken one is an error about that file, and the run goes on."""
    changes = _changes(arguments)
    settings = settings_of(arguments)
    baseline = baseline_of(arguments, settings)
    changed = (lambda _name, _text: None) if changes is None else changes.of
    asked = Asked(context_of(arguments), arguments.encoding)
    with cache_of(arguments, settings) as cache:
        desk = desk_of(arguments, settings, cache)
        aside = aside_by(desk, today=today(), baseline=baseline, changed=changed)
        outcomes = tuple(check(_drafts(arguments, settings, changes), settings, desk, asked, aside))
        rules = desk.rules
    if arguments.fix or arguments.diff:
        from flamecheck.cli.fixing import fix

        return _wrong(_told(outcomes)) | fix(outcomes, rules, write=arguments.fix, encoding=arguments.encoding)
    tell(Run(outcomes, desk.policy, rules, version()), arguments, max_per_file=settings.max_per_file)
    failing = any(post.failing for outcome in outcomes for post in outcome.posts) and not settings.report_only
    return FLAGGED * failing | _wrong(outcomes)


def _wrong(outcomes: Iterable[Outcome]) -> int:
    """Return the bit of the status for files that cannot be read and for what a person wrote wrongly in one."""
    return ERRORS * any(
        outcome.error is not None or any(problem.level == "error" for problem in outcome.diagnostics)
        for outcome in list(outcomes)
    )


def _told(outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
    """Yield every outcome after saying what is wrong with the file itself, for a run that is not told in a form."""
    for outcome in outcomes:
        if outcome.error:
            print(f"{visible(outcome.name)}: {outcome.error.message}", file=sys.stderr)
        for diagnostic in outcome.diagnostics:
            print(diagnostic.render() + "\n", file=sys.stderr)
        yield outcome


def _changes(arguments: argparse.Namespace) -> Changes | None:
    """Return what git says has changed, if that is asked; raises ValueError for flags that do not go together."""
    if arguments.staged and arguments.fix:
        told = "--staged は索引を見ます。--fix が書き換えるのは作業中のファイルなので、いっしょには使えません"
        raise ValueError(told)
    if not arguments.paths and not arguments.staged and arguments.since is None:
        raise ValueError("見るファイルかフォルダーを書いてください（- で標準入力）")
    if arguments.staged:
        return staged()
    return None if arguments.since is None else since(arguments.since)


def _drafts(arguments: argparse.Namespace, settings: Settings, changes: Changes | None) -> Iterator[Draft]:
    """Yield every draft once, standard input last; a folder without any is told, for its name may be a slip."""
    names = [name for name in arguments.paths or ["."] if name != "-"]
    empty = {name for name in names if Path(name).is_dir()} if changes is None else set()
    for draft in drafts_in(names, settings, changes):
        empty -= {name for name in empty if _below(draft.name, name)}
        yield draft
    for name in sorted(empty):
        print(f"{visible(name)}: 見るファイル（{' '.join(PROSE)}）がありません", file=sys.stderr)
    if "-" in arguments.paths:
        yield Draft("<stdin>", "<stdin>", _standard_input)


def _standard_input() -> bytes:
    # 始める前に閉じられていた標準入力（<&-）を、Python は None にする。
    if sys.stdin is None:
        raise InputError("unreadable", "読めません: 標準入力が閉じています")
    return sys.stdin.buffer.read()


def _below(name: str, folder: str) -> bool:
    seen = PurePath(folder).as_posix()
    return seen == "." or name.startswith(f"{seen.rstrip('/')}/")
