"""Validated disguise profiles → profiles, and what a rule asks of them."""

from __future__ import annotations

from flamecheck.errors import did_you_mean
from flamecheck.grading import Severity
from flamecheck.normalize import fold
from flamecheck.rules.build import Builder
from flamecheck.rules.disguisemodel import READ_FROM_TEXT, DisguiseModel, ProfileModel, TechniqueModel
from flamecheck.rules.model import RuleModel
from flamecheck.rules.rule import Disguise, Profile, Technique, Unit
from flamecheck.yamlsource import YamlFile


def add_profile(builder: Builder, file: YamlFile, model: ProfileModel) -> None:
    """Take in a profile; raises LoadError (FC402, FC445) with all its problems."""
    if model.id in builder.profiles:
        builder._say("FC402", file.place(("id",)), f"プロファイル「{model.id}」が二つあります")
    seen: set[str] = set()
    for index, technique in enumerate(model.techniques):
        path = ("techniques", index, "id")
        if technique.id in seen:
            builder._say("FC402", file.place(path), f"手口「{technique.id}」が二つあります")
        seen.add(technique.id)
        if not technique.units and technique.id not in READ_FROM_TEXT:
            hint = did_you_mean(technique.id, READ_FROM_TEXT) + "。ほかの手口には units（書き換えの一覧）が要ります"
            builder._say("FC445", file.place(path), f"手口「{technique.id}」の書き換えが分かりません", hint)
    leads = builder._phrases(file, ("leads",), model.leads, "C")
    builder.profiles[model.id] = Profile(
        model.id,
        model.title,
        Severity[model.least.upper()],
        tuple(_technique(technique) for technique in model.techniques),
        leads,
    )
    builder.finish()


def _technique(model: TechniqueModel) -> Technique:
    return Technique(
        id=model.id,
        label=model.label,
        where=model.where,
        short=model.short or model.where,
        exact=model.exact,
        not_before=tuple(fold(text).text for text in model.not_before),
        units=tuple(Unit(fold(unit.for_).text, unit.write, unit.where or model.where) for unit in model.units),
    )


def disguise_of(builder: Builder, file: YamlFile, rule: RuleModel) -> Disguise | None:
    """Return what the rule's ``disguise`` asks for; an unknown profile (FC440) is kept as a problem."""
    if rule.disguise is None:
        return None
    full = isinstance(rule.disguise, DisguiseModel)
    name = rule.disguise.profile if isinstance(rule.disguise, DisguiseModel) else rule.disguise
    path = ("disguise", "profile") if full else ("disguise",)
    if name not in builder.profiles:
        hint = did_you_mean(name, builder.profiles)
        builder._say("FC440", file.place(path), f"プロファイル「{name}」はありません", hint)
        return None
    words = rule.disguise.words if isinstance(rule.disguise, DisguiseModel) else ()
    places = [file.within(("disguise", "words", index), 0, len(word)) for index, word in enumerate(words)]
    return Disguise(builder.profiles[name], tuple(zip(words, places, strict=True)), file.place(path))
