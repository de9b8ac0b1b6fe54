"""Overlays: rules, lexicons, guards and calendars changed by id, before anything is compiled.

Each change returns a new value that remembers which overlay made it and why.  An id that does not exist is an error
(FC433, FC434); a change that changes nothing is a warning (FC435), because the pack below may have caught up with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from flamecheck.errors import Diagnostic, did_you_mean
from flamecheck.grading import Confidence, Severity
from flamecheck.rules.branches import branch_ids, without_branches
from flamecheck.rules.build import Builder, check_message
from flamecheck.rules.condition import Condition
from flamecheck.rules.dates import Day
from flamecheck.rules.overlaymodel import CalendarOverlay, GuardOverlay, LexiconOverlay, RuleOverlay
from flamecheck.rules.provenance import Overlaid, Retired
from flamecheck.rules.rule import Guard, Lexicon, Rule
from flamecheck.yamlsource import Path_, YamlFile

WORDS = {"message": "伝えること", "affected": "気にする人", "rewrite": "書き換え"}


@dataclass(slots=True)
class Overlay:
    """One overlay of a file, and what it finds wrong with itself."""

    file: YamlFile
    path: Path_
    by: str
    problems: list[Diagnostic] = field(default_factory=list)
    warnings: list[Diagnostic] = field(default_factory=list)
    what: list[str] = field(default_factory=list)
    made: list[Overlaid] = field(default_factory=list)

    def rule(self, model: RuleOverlay, rule: Rule, builder: Builder) -> Rule:
        """Return the rule changed; exceptions go after those it has, and examples count as its own."""
        grade = Severity[model.severity.upper()] if model.severity else rule.severity
        sure = Confidence[model.confidence.upper()] if model.confidence else rule.confidence
        self._set("severity", "重さ", model.severity, rule.severity.label)
        self._set("confidence", "確かさ", model.confidence, rule.confidence.label)
        self._set("status", "status", model.status, rule.status)
        for key, name in WORDS.items():
            self._set(key, name, getattr(model, key), getattr(rule, key), show=False)
        if model.message:
            check_message(builder, self.file, (*self.path, "message"), model.message)
        if model.off:
            self._set("off", "使わない", "off", "off" if rule.off else "", show=False)
        match, guards = self._without_parts(model, rule)
        builder.calendars.own = rule.requires.days if rule.requires else ()
        guards += builder.guards_of(self.file, model, at=self.path, seen={guard.id for guard in guards})
        builder.calendars.own = None
        self.what += [f"例外を足す {use.id}" for use in guards[len(guards) - len(model.unless) - len(model.adjust) :]]
        flags = builder.examples(self.file, "flag", model.examples.flag, at=self.path)
        passes = builder.examples(self.file, "pass", model.examples.pass_, at=self.path)
        if flags or passes:
            self.what.append("例を足す")
        return replace(
            rule,
            severity=grade,
            confidence=sure,
            status=model.status or rule.status,
            message=model.message or rule.message,
            affected=model.affected or rule.affected,
            rewrite=model.rewrite or rule.rewrite,
            off=model.why if model.off else rule.off,
            match=match,
            guards=guards,
            flags=(*rule.flags, *flags),
            passes=(*rule.passes, *passes),
            overlays=(*rule.overlays, *self._done(model.why, grade - rule.severity)),
        )

    def lexicon(self, model: LexiconOverlay, lexicon: Lexicon, builder: Builder) -> Lexicon:
        """Return the lexicon changed; an added entry that names no source has the reason of the overlay for one."""
        gone = self._without(model.without, {entry.id for entry in lexicon.entries}, lexicon.overlays, "項目")
        kept = [entry for entry in lexicon.entries if entry.id not in gone]
        known = {entry.id for entry in kept}
        added = builder.entries(self.file, (*self.path, "add"), model.add, lexicon.split, (lexicon.title, model.why))
        for number, entry in enumerate(added):
            if entry.id in known:
                self._nothing(("add", number), f"項目「{entry.id}」はもうあります")
            else:
                kept.append(entry)
                self.what.append(f"項目を足す {entry.id}")
        if not kept:
            self._say("FC434", ("without",), "項目が一つも残りません", "使わないなら、規則のほうを off にしてください")
        return replace(lexicon, entries=tuple(kept), overlays=(*lexicon.overlays, *self._done(model.why)))

    def guard(self, model: GuardOverlay, guard: Guard, builder: Builder) -> Guard:
        """Return the guard changed."""
        gone = self._without(model.without, {case.id for case in guard.cases}, guard.overlays, "場合")
        kept = [case for case in guard.cases if case.id not in gone]
        for number, case in enumerate(model.add):
            if case.id in {known.id for known in kept}:
                self._say("FC402", ("add", number, "id"), f"場合「{case.id}」が重なっています")
            kept.append(builder.case(self.file, (*self.path, "add", number), case))
            self.what.append(f"場合を足す {case.id}")
        if not kept:
            self._say(
                "FC434", ("without",), "場合が一つも残りません", "規則の側で without にガードの id を書いてください"
            )
        return replace(guard, cases=tuple(kept), overlays=(*guard.overlays, *self._done(model.why)))

    def calendar(self, model: CalendarOverlay, days: Mapping[str, Day]) -> dict[str, Day]:
        """Return the days switched off: they fall on no date; a day counted from one of them stays where it was."""
        gone = self._without(model.without, days.keys(), (), "日付")
        for number, name in enumerate(model.without):
            if name in gone and not days[name].dates:
                self._nothing(("without", number), f"日付「{name}」はもう外れています")
        self._done(model.why)
        return {name: replace(days[name], dates=()) for name in gone}

    def switch_off(self, model: RuleOverlay, rule: Rule) -> Rule:
        """Return the rule switched off; the only change that an overlay for its retired id makes."""
        self.what = [f"使わない（もとの id は {model.rule}）"]
        return replace(rule, off=model.why, overlays=(*rule.overlays, *self._done(model.why)))

    def missing(self, kind: str, name: str, what: str, known: Iterable[str]) -> None:
        """Say that what the overlay is for does not exist (FC433)."""
        hint = (
            did_you_mean(name, known) or "pack.yml の extends に、もとの規則集を書いてください（同梱なら flamecheck）"
        )
        self._say("FC433", (kind,), f"{what}「{name}」はありません", hint)

    def retired(self, retired: Retired) -> None:
        """Warn that the overlay is for an id that no longer is one (FC437)."""
        self.warnings.append(retired.warning(self.file.place((*self.path, "rule"))))

    def _without_parts(self, model: RuleOverlay, rule: Rule) -> tuple[Condition, tuple[Guard, ...]]:
        """Return the match without the branches, and the guards without the exceptions, that are switched off."""
        branches = dict(branch_ids(rule.match))
        known = {guard.id for guard in rule.guards} | branches.keys()
        gone = self._without(model.without, known, rule.overlays, "例外・ガード・枝")
        match = without_branches(rule.match, gone)
        if match is None:
            self._say("FC434", ("without",), "枝が一つも残りません", "規則ごと使わないなら off: true と書いてください")
        return match or rule.match, tuple(guard for guard in rule.guards if guard.id not in gone)

    def _without(self, names: Iterable[str], known: Iterable[str], before: Iterable[Overlaid], what: str) -> set[str]:
        """Return the names that exist; one that an earlier overlay took away changes nothing, any other is unknown."""
        here = set(known)
        found = set()
        for number, name in enumerate(names):
            if name in here:
                found.add(name)
                self.what.append(f"外す {name}")
            elif any(f"外す {name}" in overlaid.what for overlaid in before):
                self._nothing(("without", number), f"{what}「{name}」はもう外れています")
            else:
                self._say("FC434", ("without", number), f"{what}「{name}」はありません", did_you_mean(name, here))
        return found

    def _set(self, key: str, name: str, new: str | None, old: str, *, show: bool = True) -> None:
        if new is None:
            return
        if new == old:
            self._nothing((key,), f"{name}はもとから同じです")
        else:
            self.what.append(f"{name} {old} → {new}" if show else name)

    def _done(self, why: str, steps: int = 0) -> tuple[Overlaid, ...]:
        """Return the record of this overlay; one without any change is told and leaves none."""
        if self.what:
            self.made.append(Overlaid(self.by, tuple(self.what), why, steps))
            return (self.made[-1],)
        if not self.problems and not self.warnings:
            self._nothing((), "何も変えていません")
        return ()

    def _nothing(self, path: Path_, message: str) -> None:
        hint = "いらなくなったのなら消してください"
        self.warnings.append(Diagnostic("FC435", self.file.place((*self.path, *path)), message, hint, level="warning"))

    def _say(self, code: str, path: Path_, message: str, hint: str = "") -> None:
        self.problems.append(Diagnostic(code, self.file.place((*self.path, *path)), message, hint))
