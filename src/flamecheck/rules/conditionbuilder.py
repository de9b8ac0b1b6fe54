"""Conditions as YAML says them → values; patterns are parsed here, and their errors located."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from flamecheck.errors import Diagnostic, LoadError, Place
from flamecheck.grading import Confidence
from flamecheck.normalize import fold
from flamecheck.rules import conditionmodel as raw
from flamecheck.rules.calendars import Calendars
from flamecheck.rules.condition import (
    After,
    AllOf,
    AnyOf,
    Before,
    Condition,
    Count,
    Detector,
    Features,
    InContext,
    Inside,
    Near,
    Not,
    PartOf,
    Phrase,
    Regex,
    Tokens,
    TokenSpec,
    WeakCue,
    Weigh,
    generates,
)
from flamecheck.rules.options import limits_of
from flamecheck.rules.pattern import PatternError, parse_pattern
from flamecheck.rules.regexes import regex_problem
from flamecheck.yamlsource import Path_, YamlFile

_TOKENS = re.compile(r"([1-9]\d?) tokens?")
_FINDING = "パターンや count、regex のように、言葉を見つける条件を書いてください"
_BROKEN = Detector("broken")
"""Stands for a condition with an error, in a pack that will not load."""
REPEATS = 20
"""How many tokens ``+`` and ``*`` take at most, so that the work at one place is bounded."""


class ConditionBuilder:
    """Builds conditions, keeps every error, and remembers every phrase for the checks that need all files."""

    def __init__(self) -> None:
        """Start without calendars."""
        self.calendars = Calendars()
        self.phrases: list[Phrase] = []
        self._problems: list[Diagnostic] = []

    def condition(self, file: YamlFile, path: Path_, value: Any, split: str = "C") -> Condition | None:
        """Return a condition; None when it has an error, which is kept."""
        if isinstance(value, str):
            return self._phrase(file, path, value, split)
        if isinstance(value, raw.PhraseModel):
            chosen = value.split if "split" in value.model_fields_set else split
            return self._phrase(file, (*path, "phrase"), value.phrase, chosen, _sure(value.confidence), id=value.id)
        if isinstance(value, raw.AnyModel):
            return AnyOf(self._members(file, (*path, "any"), value.any, split))
        if isinstance(value, raw.AllModel):
            members = self._members(file, (*path, "all"), value.all, split)
            return AllOf(members, value.within, _sure(value.confidence))
        if isinstance(value, raw.NotModel):
            inner = self.condition(file, (*path, "not"), value.not_, split)
            return Not(inner) if inner else None
        if isinstance(value, raw.NearModel):
            return self._near(file, path, value, split)
        if isinstance(value, raw.CountModel):
            return self._count(file, path, value, split)
        if isinstance(value, raw.WeighModel):
            return self._weigh(file, path, value, split)
        if isinstance(value, raw.TokensModel):
            return self._tokens(file, path, value, split)
        if isinstance(value, raw.DetectorModel):
            limits, problems = limits_of(file, path, value)
            self._problems += problems
            return Detector(value.detector, limits, Confidence[value.sure.upper()])
        if isinstance(value, raw.RegexModel):
            problem = regex_problem(value.regex)
            if problem:
                place = file.within((*path, "regex"), problem.at, problem.length)
                self._say(problem.code, place, problem.message, problem.hint)
            where = file.place((*path, "regex"))
            return Regex(value.regex, value.literals, where, value.view, _sure(value.confidence))
        if isinstance(value, raw.WhenCondition):
            return InContext(self.calendars.when(file, (*path, "when"), value.when))
        if isinstance(value, raw.AfterModel):
            return self._after(file, path, value, split)
        if isinstance(value, raw.BeforeModel):
            return Before(self._phrases(file, (*path, "before"), value.before, split), value.within)
        if isinstance(value, raw.PartOfModel):
            return PartOf(self._phrases(file, (*path, "part_of"), value.part_of, split))
        if value.after:
            return Inside(value.inside, self._after(file, path, value, split))
        for key in ("within", "but_not"):
            if key in value.model_fields_set:
                hint = "after に、閉じた後ろに来る言葉を書いてください"
                self._say("FC450", file.place((*path, key)), f"after が無いので、{key} は何も変えません", hint)
        return Inside(value.inside)

    def _after(self, file: YamlFile, path: Path_, value: raw.AfterModel | raw.InsideModel, split: str) -> After:
        patterns = self._phrases(file, (*path, "after"), value.after, split)
        return After(patterns, self._phrases(file, (*path, "but_not"), value.but_not, split), value.within)

    def _near(self, file: YamlFile, path: Path_, value: raw.NearModel, split: str) -> Condition:
        members = self._members(file, (*path, "near"), value.near, split)
        tokens = _TOKENS.fullmatch(value.within)
        if tokens:
            return Near(members, "tokens", int(tokens[1]))
        if value.within not in raw.GUARDS_WITHIN:
            self._say(
                "FC205",
                file.place((*path, "within")),
                f"「{value.within}」は使えません",
                "clause, sentence, post, 5 tokens",
            )
        return Near(members, value.within)

    def _count(self, file: YamlFile, path: Path_, value: raw.CountModel, split: str) -> Condition:
        members = self._members(file, (*path, "count"), value.count, split)
        for index, member in enumerate(members):
            if not generates(member):
                self._say(
                    "FC405", file.place((*path, "count", index)), "数える条件は、言葉を見つけるものに限ります", _FINDING
                )
        most = len(value.count) if value.distinct else None
        if value.at_most is not None and value.at_most < value.at_least:
            place = file.place((*path, "at_most"))
            self._say("FC314", place, f"at_most（{value.at_most}）が at_least（{value.at_least}）より小さいです")
        if most is not None and value.at_least > most:
            place = file.place((*path, "at_least"))
            self._say("FC314", place, f"条件が {most} 個なので、{value.at_least} 種類になることはありません")
        return Count(members, value.at_least, value.at_most, value.distinct, value.within, _sure(value.confidence))

    def _weigh(self, file: YamlFile, path: Path_, value: raw.WeighModel, split: str) -> Condition:
        cues: list[WeakCue] = []
        seen: set[str] = set()
        for index, cue in enumerate(value.weigh):
            where: Path_ = (*path, "weigh", index)
            if cue.id in seen:
                self._say("FC402", file.place((*where, "id")), f"手がかり「{cue.id}」が二つあります")
            seen.add(cue.id)
            if cue.weight == 0:
                self._say("FC315", file.place((*where, "weight")), "重み 0 の手がかりは、何も変えません")
            match = self.condition(file, (*where, "match"), cue.match, split)
            if match is None:
                continue
            if not generates(match) and not isinstance(match, InContext):
                self._say(
                    "FC405", file.place((*where, "match")), "手がかりは、言葉を見つけるものか when に限ります", _FINDING
                )
            cues.append(WeakCue(cue.id, match, cue.weight, cue.why))
        finding = [cue for cue in cues if cue.weight > 0 and generates(cue.match)]
        if len(cues) == len(value.weigh) and not finding:
            self._say("FC405", file.place(path), "weigh に、言葉を見つける手がかりがありません", _FINDING)
        reach = sum(max(0, cue.weight) for cue in value.weigh)
        if reach < value.threshold:
            place = file.place((*path, "threshold"))
            self._say(
                "FC315",
                place,
                f"手がかりを全部足しても {reach} で、{value.threshold} に届きません",
                f"threshold を {reach} 以下にするか、重みを増やしてください",
            )
        return Weigh(tuple(cues), value.threshold, value.within, _sure(value.confidence))

    def _tokens(self, file: YamlFile, path: Path_, value: raw.TokensModel, split: str) -> Condition:
        specs = tuple(token_spec(token) for token in value.tokens)
        if all(spec.least == 0 for spec in specs):
            self._say(
                "FC307", file.place(path), "どの語も無くてよいことになっています", "必ず現れる語を一つは書いてください"
            )
        chosen = value.split if "split" in value.model_fields_set else split
        return Tokens(specs, chosen, _sure(value.confidence), file.place(path))

    def _members(self, file: YamlFile, path: Path_, values: Iterable[Any], split: str) -> tuple[Condition, ...]:
        # 読めない条件は、言葉を見つけるものとしておく。そこから生じる次の誤りは言わない。
        return tuple(
            self.condition(file, (*path, index), value, split) or _BROKEN for index, value in enumerate(values)
        )

    def _phrases(self, file: YamlFile, path: Path_, values: Iterable[str], split: str) -> tuple[Phrase, ...]:
        made = (self._phrase(file, (*path, index), value, split) for index, value in enumerate(values))
        return tuple(phrase for phrase in made if phrase)

    def _phrase(
        self, file: YamlFile, path: Path_, text: str, split: str, confidence: Confidence | None = None, *, id: str = ""
    ) -> Phrase | None:
        try:
            pattern = parse_pattern(text)
        except PatternError as error:
            self._say(error.code, file.within(path, error.at, error.length), error.message, error.hint)
            return None
        phrase = Phrase(text, pattern, file.place(path), split, confidence, id)
        self.phrases.append(phrase)
        return phrase

    def _say(self, code: str, place: Place, message: str, hint: str = "") -> None:
        self._problems.append(Diagnostic(code, place, message, hint))

    def finish(self) -> None:
        """Raise LoadError with every problem kept so far."""
        self._problems += self.calendars.problems
        self.calendars.problems.clear()
        if self._problems:
            problems, self._problems = self._problems, []
            raise LoadError(problems)


def token_spec(token: raw.TokenModel) -> TokenSpec:
    """Return one element of a token pattern; readings become katakana, surfaces are folded as the post is."""
    least, most = {None: (1, 1), "?": (0, 1), "+": (1, REPEATS), "*": (0, REPEATS)}[token.repeat]
    return TokenSpec(_features(token), _features(token.not_) if token.not_ else None, least, most)


def _features(features: raw.FeaturesModel) -> Features:
    def several(words: str | tuple[str, ...]) -> tuple[str, ...]:
        return (words,) if isinstance(words, str) else words

    return Features(
        surface=tuple(fold(word).text for word in several(features.surface)),
        dictionary=several(features.dictionary),
        normalized=several(features.normalized),
        reading=tuple(_katakana(word) for word in several(features.reading)),
        pos=several(features.pos),
    )


def _katakana(word: str) -> str:
    return "".join(chr(ord(char) + 0x60) if "ぁ" <= char <= "ゖ" else char for char in word)


def _sure(name: str | None) -> Confidence | None:
    return Confidence[name.upper()] if name else None
