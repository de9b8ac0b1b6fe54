"""Comments that set findings aside: what each covers, why, until when, and everything that is wrong with one.

A directive that is wrong covers nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Final

from flamecheck.document import Comment
from flamecheck.errors import Diagnostic, Place, did_you_mean
from flamecheck.grading import GROUPS
from flamecheck.spans import Lines, Span
from flamecheck.suppression.known import Known
from flamecheck.suppression.scan import EXAMPLE, Problem, Word, Written, scan

BLOCK, LINE, START, END, FILE = VERBS = ("ignore", "ignore-line", "ignore-start", "ignore-end", "ignore-file")
KEYS: Final = ("reason", "until")
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_MARKUP: Final = re.compile(r"[\s>]*")


@dataclass(slots=True, frozen=True)
class Name:
    """One name of a directive and the rules it stands for."""

    text: str
    rules: frozenset[str]
    place: Place


@dataclass(slots=True, frozen=True)
class Directive:
    """What a comment sets aside: findings of the rules of ``names`` that overlap ``covers``, a range of the source."""

    covers: Span
    names: tuple[Name, ...]
    reason: str
    until: date | None
    place: Place


@dataclass(slots=True, frozen=True)
class _Read:
    """A comment as understood; ``good`` tells whether it may cover anything."""

    verb: str
    comment: Comment
    names: tuple[Name, ...]
    reason: str
    until: date | None
    place: Place
    good: bool

    @property
    def written(self) -> frozenset[str]:
        return frozenset(name.text for name in self.names)

    def over(self, covers: Span) -> Directive:
        return Directive(covers, self.names, self.reason, self.until, self.place)


class Directives:
    """The directives of one file, in order, and the diagnostics about them."""

    def __init__(self, comments: Iterable[Comment], lines: Lines, *, path: str, known: Known, today: date) -> None:
        """Read every comment; ``today`` is the day in Japan on which ``until`` must not lie in the past."""
        self._lines = lines
        self._path = path
        self._known = known
        self._today = today
        self.diagnostics: list[Diagnostic] = []
        read = [item for comment in comments if (item := self._read(comment))]
        self.found: tuple[Directive, ...] = tuple(self._covering(read))

    def _read(self, comment: Comment) -> _Read | None:
        written = scan(comment.text)
        if written is None:
            return None
        before = len(self.diagnostics)
        if written.problem:
            self._say(comment, written.problem)
        for problem in _misspelled(written):
            self._say(comment, problem)
        verb = written.verb.text if written.verb else ""
        names = tuple(self._names(comment, written))
        place = self._place(comment.span)
        reason, until = "", None
        if verb in VERBS and not written.problem:
            if not names and len(self.diagnostics) == before:
                self._say(comment, _after(written, "FC803", "規則の id がありません", f"例: {EXAMPLE}"))
            if verb != END:
                reason, until = self._values(comment, written)
        if until and until < self._today and len(self.diagnostics) == before:
            told = f"期限（{until}）を過ぎました。指摘はまた出ます"
            self._say(comment, Problem("FC807", _span(written, "until"), told, level="warning"))
        errors = any(said.level == "error" or said.code == "FC807" for said in self.diagnostics[before:])
        return _Read(verb, comment, names, reason, until, place, good=not errors)

    def _names(self, comment: Comment, written: Written) -> Iterator[Name]:
        for word in dict.fromkeys(written.names):
            rules = self._known.named(word.text)
            place = self._place(comment.locate(word.span))
            if retired := self._known.retired(word.text):
                self.diagnostics.append(retired.warning(place))
            elif not rules:
                self._say(comment, self._unknown(word))
            yield Name(word.text, rules, place)

    def _unknown(self, word: Word) -> Problem:
        if word.text in ("*", "all") or word.text.rstrip("/*") in GROUPS:
            message = f"「{word.text}」のように、まとめては書けません"
            return Problem("FC803", word.span, message, "規則の id か、分類の id を一つずつ書いてください")
        hint = did_you_mean(word.text, self._known.names)
        hint = hint if hint.startswith("もしかして") else "規則の id は、指摘の終わりに出ます"
        return Problem("FC803", word.span, f"規則「{word.text}」はありません", hint)

    def _values(self, comment: Comment, written: Written) -> tuple[str, date | None]:
        values = {key.text: value for key, value in written.values}
        reason, until = "", None
        if "reason" in values:
            reason = " ".join(values["reason"].text.split())
        if not reason and {key.text for key, _ in written.values} <= set(KEYS):
            self._say(comment, _after(written, "FC804", "理由（reason）がありません", f"例: {EXAMPLE}"))
        if "until" in values:
            try:
                text = values["until"].text
                until = date.fromisoformat(text if _DATE.fullmatch(text) else "")
            except ValueError:
                message = f"until に「{values['until'].text}」という日は書けません"
                self._say(comment, Problem("FC805", values["until"].span, message, "例: until=2027-03-31"))
        return reason, until

    def _covering(self, read: Iterable[_Read]) -> Iterator[Directive]:
        opened: dict[frozenset[str], list[_Read]] = {}
        for item in read:
            if item.verb == START:
                opened.setdefault(item.written, []).append(item)
            elif item.verb == END:
                if starts := opened.get(item.written):
                    start = starts.pop()
                    if start.good and item.good:
                        yield start.over(start.comment.span.hull(item.comment.span))
                elif item.good:
                    hint = "ignore-start と同じ規則を書いてください"
                    self._tell("FC806", item, "ここで終わる ignore-start がありません", hint)
            elif item.good and (covers := self._range(item)):
                yield item.over(covers)
        for item in chain.from_iterable(opened.values()):
            if item.good:
                wanted = f"flamecheck: ignore-end[{', '.join(name.text for name in item.names)}]"
                self._tell("FC806", item, "この ignore-start は閉じていません", f"終わりに {wanted} と書いてください")

    def _range(self, item: _Read) -> Span | None:
        if item.verb == FILE:
            return Span(0, len(self._lines.text))
        if item.verb == LINE:
            return self._line(item.comment.span)
        if item.verb == BLOCK and item.comment.block is None:
            hint = "消すか、ファイル全体なら ignore-file、その行なら ignore-line と書いてください"
            self._tell("FC806", item, "この後ろに、見る段落がありません", hint)
        return item.comment.block

    def _line(self, comment: Span) -> Span:
        """Return the line(s) a comment stands on, or the next that is not blank when nothing else stands on them."""
        first, _ = self._lines.locate(comment.start)
        last, _ = self._lines.locate(max(comment.start, comment.end - 1))
        whole = self._lines.span_of(first).hull(self._lines.span_of(last))
        beside = self._lines.text[whole.start : comment.start] + self._lines.text[comment.end : whole.end]
        if not _MARKUP.fullmatch(beside):
            return whole
        line = last + 1
        while line < len(self._lines) and not self._lines.text_of(line).strip():
            line += 1
        return self._lines.span_of(line)

    def _tell(self, code: str, item: _Read, message: str, hint: str) -> None:
        self.diagnostics.append(Diagnostic(code, item.place, message, hint))

    def _say(self, comment: Comment, problem: Problem) -> None:
        place = self._place(comment.locate(problem.span))
        self.diagnostics.append(Diagnostic(problem.code, place, problem.message, problem.help, problem.level))

    def _place(self, span: Span) -> Place:
        line, column = self._lines.locate(span.start)
        source = self._lines.text_of(line)
        return Place(self._path, line, column, source, max(1, min(span.length, len(source) - column + 1)))


def _misspelled(written: Written) -> Iterator[Problem]:
    """Yield what is no verb or no key, and keys that stand twice or where they mean nothing."""
    if written.verb and written.verb.text not in VERBS:
        message = f"指示「{written.verb.text}」はありません"
        yield Problem("FC802", written.verb.span, message, did_you_mean(written.verb.text, VERBS))
    seen: set[str] = set()
    for key, _ in written.values:
        if key.text not in KEYS:
            yield Problem("FC802", key.span, f"キー「{key.text}」はありません", did_you_mean(key.text, KEYS))
        elif written.verb and written.verb.text == END:
            message = f"{END} には {key.text} を書きません"
            yield Problem("FC802", key.span, message, f"{START} のほうに書いてください")
        elif key.text in seen:
            yield Problem("FC802", key.span, f"{key.text} が二度あります", "どちらか一つにしてください")
        seen.add(key.text)


def _after(written: Written, code: str, message: str, hint: str) -> Problem:
    """Return a problem with what is missing, at the verb."""
    return Problem(code, written.verb.span if written.verb else Span(0, 0), message, hint)


def _span(written: Written, key: str) -> Span:
    return next(value.span for name, value in written.values if name.text == key)
