"""``flamecheck rules test``: each example as a test, by itself, with what was found drawn into it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flamecheck.grading import Severity
from flamecheck.review.bench import Bench, moved, wrong
from flamecheck.rules.examples import redrawn
from flamecheck.rules.rule import Example, Rule


@dataclass(slots=True, frozen=True)
class Trial:
    """One example of a rule: its name (``flag[2]``, and ``flag[2-7]`` for one of many), and why it fails, or ""."""

    rule: Rule
    name: str
    example: Example
    failure: str

    @property
    def text(self) -> str:
        """Return the example with its drawn spans."""
        return redrawn(self.example.text, self.example.spans)


def trials(bench: Bench, rule: Rule) -> Iterator[Trial]:
    """Yield every example of a rule, tried, in file order; those that must flag first."""
    for kind, examples in (("flag", rule.flags), ("pass", rule.passes)):
        number, part, place = 0, 1, None
        for example in examples:
            number, part = (number, part + 1) if example.place == place else (number + 1, 1)
            place = example.place
            name = f"{kind}[{number}-{part}]" if example.template else f"{kind}[{number}]"
            yield Trial(rule, name, example, failure(bench, rule, example, flag=kind == "flag"))


def failure(bench: Bench, rule: Rule, example: Example, *, flag: bool) -> str:
    """Return what an example asks for and what was found instead; "" when it holds."""
    found = bench.findings(bench.compiled[rule.id], example)
    if not wrong(rule, example, found, flag=flag):
        return ""
    spans = [finding.span for finding in found]
    if flag and spans == list(example.spans):
        seen = "、".join(dict.fromkeys(finding.severity.label for finding in found))
        return f"重さが違います: 例 {example.severity.label if example.severity else ''}、実際 {seen}"
    if not flag:
        spans = [finding.span for finding in found if finding.severity - moved(rule, example) > Severity.INFO]
    drawn = redrawn(example.text, spans) if spans else "なし"
    wanted = redrawn(example.text, example.spans) if flag else "なし"
    return f"見つけるはず: {wanted}\n見つけたもの: {drawn}"
