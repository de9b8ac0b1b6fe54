"""``flamecheck baseline create | update | show``: what a repository had on the day it began, and what is left of it."""

from __future__ import annotations

import argparse
import secrets
import sys
from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import Final

from flamecheck.checking.aside import aside_by
from flamecheck.checking.drafts import drafts_in
from flamecheck.checking.run import Asked, check
from flamecheck.cli.common import baseline_path, cache_of, context_of, desk_of, settings_of
from flamecheck.cli.main import ERRORS
from flamecheck.context import today
from flamecheck.display import WIDTH, visible
from flamecheck.errors import InputError
from flamecheck.grading import Severity
from flamecheck.outcome import Outcome
from flamecheck.saving import save
from flamecheck.settings.files import from_root
from flamecheck.spans import Lines
from flamecheck.suppression.baseline import Baseline, Entry, read_baseline
from flamecheck.suppression.sentence import Sentences


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked; the exit status has 2 when a file could not be read."""
    settings = settings_of(arguments)
    path = baseline_path(settings)
    name = visible(from_root(path, Path.cwd()))
    if arguments.what == "show":
        print(f"{name}: {shown(read_baseline(path))}", end="")
        return 0
    if arguments.what == "create":
        if path.exists() and not arguments.force:
            hint = "足すなら flamecheck baseline update、作り直すなら --force を付けてください"
            raise InputError("exists", f"{name}: もうあります。{hint}")
        old = Baseline(path, secrets.token_hex(16))
    else:
        old = read_baseline(path)
    asked = Asked(context_of(arguments), arguments.encoding)
    with cache_of(arguments, settings) as cache:
        desk = desk_of(arguments, settings, cache)
        seen = Seen(old, desk.policy.no_override, adding=not getattr(arguments, "no_add", False))
        aside = aside_by(desk, today=today())
        for outcome in check(drafts_in(arguments.paths, settings), settings, desk, asked, aside):
            seen.add(outcome)
    prune = arguments.what == "update" and arguments.prune
    entries = old.updated(seen.counts, prune=prune, exists=lambda name: (path.parent / name).exists())
    save(path, replace(old, entries=entries).dump().encode())
    if arguments.what == "update":
        print("".join(f"{line}\n" for line in seen.added), end="")
    removed = sum(max(0, count - entries.get(entry, 0)) for entry, count in old.entries.items())
    print(f"{name}: {sum(entries.values())} 件（足した {len(seen.added)}、消した {removed}）", file=sys.stderr)
    if seen.fixed:
        told = f"方針で上書きできない指摘が {seen.fixed} 件あります。ベースラインには入りません。直してください"
        print(told, file=sys.stderr)
    return seen.status


class Seen:
    """What a run has found, as entries of a baseline; findings that a person has set aside are none."""

    def __init__(self, baseline: Baseline, fixed: Collection[tuple[str, Severity]], *, adding: bool = True) -> None:
        """Count from nothing; ``fixed`` findings are counted apart, for no baseline sets them aside.

        Without ``adding``, what the baseline does not hold does not count.
        """
        self._adding: Final = adding
        self._baseline: Final = baseline
        self._fixed: Final = fixed
        self.counts: dict[str, Counter[Entry]] = {}
        self.added: list[str] = []
        self.fixed = 0
        self.status = 0

    def add(self, outcome: Outcome) -> None:
        """Take in one file; what is wrong with it is told, and the run goes on."""
        for diagnostic in outcome.diagnostics:
            print(diagnostic.render() + "\n", file=sys.stderr)
            self.status |= ERRORS if diagnostic.level == "error" else 0
        if outcome.error is not None:
            print(f"{visible(outcome.name)}: {outcome.error.message}", file=sys.stderr)
            self.status |= ERRORS
            return
        path = self._baseline.path_of(outcome.name)
        counts = self.counts.setdefault(path, Counter())
        lines = Lines(outcome.text)
        for post in outcome.posts:
            sentences = Sentences(post.document)
            for finding in post.verdict.report.findings:
                if (finding.group, finding.severity) in self._fixed:
                    self.fixed += 1
                    continue
                entry = self._baseline.entry(finding, path, sentences)
                new = counts[entry] >= self._baseline.entries.get(entry, 0)
                if new and not self._adding:
                    continue
                counts[entry] += 1
                if new:
                    line, column = lines.locate(post.document.locate(finding.span).start)
                    words = visible(" ".join(finding.matched.split())[:WIDTH])
                    self.added.append(f"{visible(outcome.name)}:{line}:{column}: {finding.rule_id} 「{words}」")


def shown(baseline: Baseline) -> str:
    """Return how many findings the baseline holds, by rule and by file."""
    rules: Counter[str] = Counter()
    paths: Counter[str] = Counter()
    for entry, count in baseline.entries.items():
        rules[entry.rule] += count
        paths[entry.path] += count
    parts = [f"{sum(rules.values())} 件、{len(paths)} ファイル"]
    for title, counts in (("規則", rules), ("ファイル", paths)):
        if counts:
            parts.append(f"\n{title}")
            ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
            parts += [f"{count:7} {visible(name)}" for name, count in ordered]
    return "\n".join(parts) + "\n"
