"""Examples as a rule file writes them → texts with drawn spans; one may stand for many.

``{text: "⟦<災害>セール⟧を開催", each: 災害}`` is one example for each entry of 災害.  An entry that is a pattern gives its
written forms: every alternative in turn while the others stay at their first (``震度(五|六)(弱)?`` gives 震度五弱, 震度六弱,
震度五), and ``X~`` gives X.  ``each: alternatives`` does the same with the ``(a|b)`` and ``( )?`` of the text itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from flamecheck.context import Context
from flamecheck.errors import Diagnostic, InputError, Place, did_you_mean
from flamecheck.grading import Severity
from flamecheck.rules.model import ExampleModel
from flamecheck.rules.pattern import Edge, Gap, Group, Literal, Node, PatternError, parse_pattern
from flamecheck.rules.rule import Example, Lexicon
from flamecheck.spans import Span
from flamecheck.yamlsource import Path_, YamlFile

OPEN: Final = "⟦"
CLOSE: Final = "⟧"
ALTERNATIVES: Final = "alternatives"


class NotWritable(ValueError):  # noqa: N818 - 書けないのは誤りとは限らない
    """A pattern holds something that has no written form of its own, such as a part of speech."""


def written(pattern: Sequence[Node]) -> tuple[str, ...]:
    """Return the written forms of a pattern, the plainest first; raises NotWritable."""
    forms = [""]
    for node in pattern:
        options = _options(node)
        forms = [form + options[0] for form in forms] + [forms[0] + option for option in options[1:]]
    return tuple(dict.fromkeys(forms))


def _options(node: Node) -> tuple[str, ...]:
    if isinstance(node, Literal):
        return (node.text,)
    if isinstance(node, (Gap, Edge)):
        return ("",)
    if isinstance(node, Group):
        options = [form for option in node.options for form in written(option)]
        return tuple([*options, ""] if node.optional else options)
    raise NotWritable


def expanded(text: str, names: Sequence[str], lexicons: Mapping[str, Lexicon]) -> tuple[str, ...]:
    """Return ``text`` in its forms: each lexicon and each group in turn, the others at their first.

    Raises NotWritable, and PatternError when the alternatives of the text cannot be read.
    """
    found: dict[str, None] = {}
    forms = {name: lexicon_forms(lexicons[name]) for name in names if name != ALTERNATIVES}
    first = {name: forms[name][0] for name in forms}
    templates = written(parse_pattern(_escaped(text, forms))) if ALTERNATIVES in names else (text,)
    for template in templates:
        found[_filled(template, first)] = None
    for name, entries in forms.items():
        for form in entries:
            found[_filled(templates[0], first | {name: form})] = None
    return tuple(found)


def lexicon_forms(lexicon: Lexicon) -> list[str]:
    """Return the written forms of every entry, in order; raises NotWritable."""
    return [form for entry in lexicon.entries for form in written(entry.phrase.pattern)]


def _escaped(text: str, names: Mapping[str, object]) -> str:
    """Return ``text`` with ``<`` and ``>`` of the slots taken for plain characters."""
    for name in names:
        text = text.replace(f"<{name}>", f"\\<{name}\\>")
    return text


def _filled(text: str, chosen: Mapping[str, str]) -> str:
    for name, form in chosen.items():
        text = text.replace(f"<{name}>", form)
    return text


def drawn(text: str) -> tuple[str, tuple[Span, ...], int | None]:
    """Return the text without ⟦ ⟧, the spans they drew, and where the first one stands that has no partner."""
    clean: list[str] = []
    spans: list[Span] = []
    opened: tuple[int, int] | None = None
    for at, char in enumerate(text):
        if char == OPEN:
            if opened is not None:
                return text, (), at
            opened = at, len(clean)
        elif char == CLOSE:
            if opened is None or opened[1] == len(clean):
                return text, (), at
            spans.append(Span(opened[1], len(clean)))
            opened = None
        else:
            clean.append(char)
    return "".join(clean), tuple(spans), opened[0] if opened else None


def redrawn(text: str, spans: Sequence[Span]) -> str:
    """Return ``text`` with ⟦ ⟧ around ``spans``, the opposite of ``drawn``."""
    pieces, done = [], 0
    for span in spans:
        pieces += [text[done : span.start], OPEN, text[span.start : span.end], CLOSE]
        done = span.end
    return "".join([*pieces, text[done:]])


def _plain(key: str, value: str) -> Any:
    """Return a context value written in YAML as the type it has in JSON."""
    if key in ("paid", "scheduled") and value in ("true", "false"):
        return value == "true"
    if key in ("reach", "voice") and value.isdecimal():
        return int(value)
    return value


class ExampleReader:
    """Read the examples of one file; what is wrong with them goes to ``problems``."""

    def __init__(self, file: YamlFile, lexicons: Mapping[str, Lexicon], problems: list[Diagnostic]) -> None:
        """Keep what every example needs."""
        self._file, self._lexicons, self._problems = file, lexicons, problems

    def read(self, path: Path_, value: str | ExampleModel, *, flag: bool) -> Iterator[Example]:
        """Yield the example at ``path``, or all those it stands for (FC403, FC408, FC409, FC612)."""
        full = value if isinstance(value, ExampleModel) else ExampleModel(text=value)
        where: Path_ = (*path, "text") if isinstance(value, ExampleModel) else path
        place = self._file.place(where)
        _, spans, lonely = drawn(full.text)
        if lonely is not None:
            self._say("FC408", self._file.within(where, lonely), "⟦ と ⟧ が対になっていません")
        elif flag and not spans:
            self._say("FC408", place, "指摘する範囲がありません", "⟦ と ⟧ で囲んでください")
        elif spans and not flag:
            self._say("FC408", self._file.within(where, spans[0].start), "通す例に ⟦ ⟧ があります")
        context = self._context((*path, "context"), full)
        severity = Severity[full.severity.upper()] if full.severity else None
        template = full.text if full.each else ""
        for text in self._texts(path, full):
            clean, spans, _ = drawn(text)
            yield Example(clean, spans, context, place, full.region or "", severity, template)

    def _context(self, path: Path_, example: ExampleModel) -> Context:
        values = {}
        for key, item in example.context.items():
            try:
                Context.of({key: _plain(key, item)})
                values[key] = _plain(key, item)
            except InputError as error:
                wrong: Path_ = (*path, key)
                known = error.code == "context-value"
                self._say("FC409", self._file.place(wrong) if known else self._file.keys[wrong], error.message)
        return Context.of(values)

    def _texts(self, path: Path_, example: ExampleModel) -> Iterable[str]:
        if not example.each:
            return (example.text,)
        where = self._file.place((*path, "each"))
        for name in example.each:
            if name == ALTERNATIVES:
                continue
            if name not in self._lexicons:
                hint = did_you_mean(name, self._lexicons)
                self._say("FC403", where, f"語彙「{name}」はありません", hint)
                return ()
            if f"<{name}>" not in example.text:
                hint = "語の入る所に <語彙> を書いてください"
                self._say("FC612", where, f"例の text に <{name}> がありません", hint)
                return ()
        try:
            return expanded(example.text, example.each, self._lexicons)
        except NotWritable:
            hint = "品詞を含む項目は、その項目だけの例を書いてください"
            self._say("FC612", where, "文字だけでは書けない項目があります", hint)
        except PatternError as error:
            place = self._file.within((*path, "text"), error.at, error.length)
            self._say(error.code, place, error.message, error.hint)
        return ()

    def _say(self, code: str, place: Place, message: str, hint: str = "") -> None:
        self._problems.append(Diagnostic(code, place, message, hint))
