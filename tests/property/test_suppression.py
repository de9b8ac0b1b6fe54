"""Laws of setting aside: nothing is lost, nothing raises, every place lies in its comment."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from setting_aside import KNOWN, TODAY, aside, controls, draft

from flamecheck.document import Comment
from flamecheck.spans import Lines, MapBuilder, Span
from flamecheck.suppression.directives import VERBS, Directives
from flamecheck.suppression.scan import scan

WORDS = st.lists(
    st.sampled_from(
        [
            *VERBS, "flamecheck", "flamechek", ":", "：", "[", "]", "［", ",", "、", "=", '"', "「", "」", "reason", "until",
            "tone/sorry", "tone/sory", "non-apology", "tone/old-name", "tone/", "all", "2027-03-31", "2020-01-01", "引用です",
            " ", "\n", "\u3000", "😀", "\ud800", "-->", "ignroe",
        ]
    ),
    max_size=24,
).map("".join)  # fmt: skip
DIRECTIVE = st.builds(
    "flamecheck: {}[{}]{}{}".format,
    st.sampled_from(VERBS),
    st.lists(st.sampled_from(["tone/sorry", "non-apology", "topic/insult", "tone/gone"]), max_size=3).map(", ".join),
    st.sampled_from(["", ' reason="引用"', " reason=「引用」"]),
    st.sampled_from(["", " until=2027-03-31", " until=2020-01-01", " until=いつか"]),
)
PARTS = st.lists(
    st.one_of(
        st.sampled_from(
            ["⟦遺憾⟧です。", "⟦topic/insult:ばか⟧だ。", "晴れ。\n\n", "\r\n", "⟦tone/if-any:もし⟧\n", "😀"]
        ),
        DIRECTIVE.map("<!-- {} -->".format),
        DIRECTIVE.map("\n\n<!-- {} -->\n\n".format),
    ),
    max_size=12,
).map("".join)


@given(WORDS)
def test_every_word_stands_where_it_is_said_to(text: str) -> None:
    written = scan(text)
    if written is None:
        return
    for word in [*filter(None, [written.verb]), *written.names, *(key for key, _ in written.values)]:
        assert text[word.span.start : word.span.end] == word.text
    if written.problem:
        start, end = written.problem.span
        assert 0 <= start <= end <= len(text)


@given(WORDS, st.text("あ\r\n\t😀", max_size=6))
def test_every_diagnostic_stands_in_its_comment(text: str, before: str) -> None:
    source = f"{before}<!--{text}-->"
    start = len(before) + 4
    builder = MapBuilder()
    builder.replace(start, "")
    builder.copy(text)
    comment = Comment(text, Span(start - 4, len(source)), None, builder.build().alignment)
    lines = Lines(source)
    read = Directives([comment], lines, path="a.md", known=KNOWN, today=TODAY)
    for problem in read.diagnostics:
        offset = lines.start_of(problem.place.line) + problem.place.column - 1
        assert comment.span.start <= offset <= comment.span.end
        assert problem.render()


@given(PARTS)
def test_every_finding_is_either_left_or_set_aside(marked: str) -> None:
    _, before = draft(marked)
    report, said = aside(marked)
    after = [*report.findings, *(item.finding for item in report.suppressed)]
    assert sorted(after, key=lambda found: (found.span, found.rule_id)) == sorted(
        before.findings, key=lambda found: (found.span, found.rule_id)
    )
    assert aside(marked) == (report, said)


@given(PARTS)
def test_a_stricter_policy_sets_nothing_more_aside(marked: str) -> None:
    _, before = draft(marked)
    fixed = frozenset((found.group, found.severity) for found in before.findings if found.group == "tone")
    freely, _ = aside(marked)
    strictly, _ = aside(marked, by=controls(fixed=fixed))
    assert set(freely.findings) <= set(strictly.findings)
    assert not any(item.finding.group == "tone" for item in strictly.suppressed)
