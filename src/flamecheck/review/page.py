"""``flamecheck rules doc``: a page for each rule and an index, from the rule files alone, for readers who write posts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from flamecheck.grading import Confidence, Severity
from flamecheck.rules.rule import Example, Pack, Rule

GROUPS: Final = {
    "topic": "話題", "tone": "言い方", "legal": "法令と表示", "leak": "もれ・誤投稿", "timing": "時と日", "conduct": "ふるまい",
}  # fmt: skip
SEVERITIES: Final = {
    Severity.INFO: "参考", Severity.LOW: "軽", Severity.MEDIUM: "中", Severity.HIGH: "重", Severity.CRITICAL: "最重",
}  # fmt: skip
CONFIDENCES: Final = {Confidence.LOW: "低", Confidence.MEDIUM: "中", Confidence.HIGH: "高"}


def pages(pack: Pack) -> dict[str, str]:
    """Return every page by its path: ``README.md`` and ``<group>/<rule>.md``."""
    return {"README.md": index(pack), **{f"{rule.id}.md": page(rule) for rule in pack.rules}}


def index(pack: Pack) -> str:
    """Return the list of all rules by group."""
    lines = ["# 規則の一覧", "", f"{len(pack.rules)} 件の規則があります。"]
    for group, title in GROUPS.items():
        rules = [rule for rule in pack.rules if rule.group == group]
        if rules:
            lines += ["", f"## {title}", "", "| 規則 | 重さ | 何を見つけるか |", "|---|---|---|"]
            lines += [
                f"| [{rule.id}]({rule.id}.md) | {SEVERITIES[rule.severity]} | {_text(rule.title)} |" for rule in rules
            ]
    return "\n".join(lines) + "\n"


def page(rule: Rule) -> str:
    """Return the page of one rule."""
    return "\n".join(_lines(rule)) + "\n"


def _lines(rule: Rule) -> Iterator[str]:
    yield f"# {_text(rule.title)}"
    yield ""
    sure, grade = CONFIDENCES[rule.confidence], SEVERITIES[rule.severity]
    yield f"`{rule.id}`　分類 {rule.category}　重さ {grade}　確かさ {sure}　{rule.status}"
    yield from ("", "## なぜ", "", _text(rule.message.replace("{matched}", "…")))
    yield from ("", f"気にする人: {_text(rule.affected)}")
    yield from ("", "## どう書くか", "", _text(rule.rewrite))
    if rule.fix:
        told = "、".join(f"{_text(key)} → {_text(new)}" for key, new, _ in rule.fix)
        yield from ("", f"`--fix` で書き換えられるもの: {told}")
    yield from ("", "## 指摘する文（太字のところ）", "", *_examples(rule.flags))
    yield from ("", "## 指摘しない文", "", *_examples(rule.passes))
    if rule.guards:
        yield from ("", "## 取り下げる、軽くする、重くするとき", "")
        for guard in rule.guards:
            for case in guard.cases:
                effect = (
                    "取り下げる"
                    if case.steps is None
                    else f"{abs(case.steps)} 段{'重く' if case.steps > 0 else '軽く'}する"
                )
                yield f"- {_text(case.why)}: {effect}"
    yield from ("", "## 根拠", "")
    yield from ([f"- {_text(reference)}" for reference in rule.references] or ["- （書かれていません）"])
    yield from ("", "## 使わないとき", "", f"`flamecheck check --ignore {rule.id} …`")


def _examples(examples: Iterable[Example]) -> Iterator[str]:
    """Yield each example; of one that stands for many the first, with how many there are."""
    groups: dict[object, list[Example]] = {}
    for example in examples:
        groups.setdefault(example.place, []).append(example)
    for group in groups.values():
        more = f"（ほか {len(group) - 1} 通り）" if len(group) > 1 else ""
        yield f"- {_bold(group[0])}{more}"


def _bold(example: Example) -> str:
    parts, done = [], 0
    for span in example.spans:
        parts += [_text(example.text[done : span.start]), f"**{_text(example.text[span.start : span.end])}**"]
        done = span.end
    return "".join([*parts, _text(example.text[done:])])


def _text(text: str) -> str:
    """Return ``text`` on one line, with what Markdown would act on escaped."""
    flat = re.sub(r"\s+", " ", text)
    return re.sub(r"([\\`*_\[\]<>#|])", r"\\\1", flat)
