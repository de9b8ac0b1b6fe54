"""Verdicts for a person at a terminal, in Japanese: place, words, who minds, what to write instead, who decides."""

from __future__ import annotations

from collections.abc import Iterator

from flamecheck.display import caret, visible, window
from flamecheck.document import Document
from flamecheck.finding import Finding
from flamecheck.grading import Confidence, Severity
from flamecheck.outcome import starred
from flamecheck.policy.model import Verdict
from flamecheck.spans import Lines, Span

SEVERITY = {
    Severity.INFO: "参考",
    Severity.LOW: "軽",
    Severity.MEDIUM: "中",
    Severity.HIGH: "重",
    Severity.CRITICAL: "最重",
}
CONFIDENCE = {Confidence.LOW: "低", Confidence.MEDIUM: "中", Confidence.HIGH: "高"}
STYLES = {
    Severity.INFO: "dim",
    Severity.LOW: "cyan",
    Severity.MEDIUM: "yellow",
    Severity.HIGH: "red",
    Severity.CRITICAL: "bold red",
}
CLEAN = "既知の引っかかりは見つかりませんでした（画像・動画・皮肉・新しい話題は対象外）"


def render(document: Document, verdict: Verdict, *, verbose: bool = False, colour: bool = False) -> str:
    """Return the account of one post; ``colour`` adds terminal styles, ``verbose`` what guards dismissed."""
    # ファイル名や規則の文も含めて、端末が動作として受け取る文字は一つも通さない。
    lines = [(visible(text), style) for text, style in _lines(document, verdict, verbose=verbose)]
    if colour:
        return _coloured(lines)
    return "\n".join(text for text, _ in lines) + "\n"


def _coloured(lines: list[tuple[str, str]]) -> str:
    from rich.console import Console
    from rich.text import Text

    console = Console(force_terminal=True, soft_wrap=True, highlight=False)
    with console.capture() as capture:
        for text, style in lines:
            console.print(Text(text, style=style))
    return capture.get()


def _lines(document: Document, verdict: Verdict, *, verbose: bool) -> Iterator[tuple[str, str]]:
    places = Lines(starred(document, verdict))
    for finding in verdict.report.findings:
        yield from _finding(document, places, finding)
    for note in verdict.report.screened.notes:
        yield f"{document.origin.name}: 注: {note}", "dim"
    if verbose:
        for item in verdict.report.dismissed:
            row, column = places.locate(document.locate(item.finding.span).start)
            words = item.finding.matched
            yield (
                f"{document.origin.name}:{row}:{column}: 取り下げ {item.finding.rule_id}「{words}」: {item.why}",
                "dim",
            )
    yield from _decision(document, verdict)


def _finding(document: Document, places: Lines, finding: Finding) -> Iterator[tuple[str, str]]:
    span = document.locate(finding.span)
    row, column = places.locate(span.start)
    name = document.origin.name
    grade = f"重さ {SEVERITY[finding.severity]}・確かさ {CONFIDENCE[finding.confidence]}"
    yield f"{name}:{row}:{column}: {finding.rule_id}（{grade}）", STYLES[finding.severity]
    yield f"  {finding.message}", ""
    line = places.text_of(row)
    shown, marked = window(line, Span(column - 1, min(len(line), column - 1 + span.length)))
    number = str(row)
    yield f"  {number} | {shown}", ""
    yield f"  {' ' * len(number)} | {caret(shown, marked)}", STYLES[finding.severity]
    yield f"  気にする人: {finding.affected}", ""
    yield f"  書き換え: {finding.rewrite}", "green"
    for cue in finding.cues:
        yield f"  手がかり: {cue.why}（{cue.weight:+d}）", "dim"
    for adjustment in finding.adjustments:
        change = "上げた" if adjustment.steps > 0 else "下げた"
        yield f"  重さを{change}わけ: {adjustment.why}（{adjustment.by} {adjustment.steps:+d}）", "dim"


def _decision(document: Document, verdict: Verdict) -> Iterator[tuple[str, str]]:
    name = document.origin.name
    if not verdict.report.findings:
        yield f"{name}: {CLEAN}", "dim"
        return
    owners = f"　担当: {'、'.join(verdict.owners)}" if verdict.owners else ""
    yield f"{name}: 決める人 {verdict.tier.label}{owners}", "bold"
    for reason in verdict.because:
        yield f"  {reason.clause}（指摘 {'、'.join(str(number + 1) for number in reason.findings)}）", "dim"
    if not verdict.override:
        yield "  このままでは出せません。書き換えてから、もう一度見てください", "bold red"
