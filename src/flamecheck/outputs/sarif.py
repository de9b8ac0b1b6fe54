"""SARIF 2.1.0, for code scanning: rules with help, results with places, ranks and what was set aside.

A finding is of ``kind: review``, for a person decides; its ``level`` says whether it fails the run.  Columns count code
points (``columnKind``).  No text of a post is told but the line of a finding, with leaks starred.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from flamecheck.display import sound
from flamecheck.document import plain
from flamecheck.fixes import Fix
from flamecheck.grading import Confidence, Severity
from flamecheck.messages import Words
from flamecheck.outcome import Outcome, RuleNote, Run, Screened
from flamecheck.report import CONFIDENCE_WEIGHT, SEVERITY_WEIGHT, stars
from flamecheck.shown import Level, Options, Remark, Rewrites, encoded, page_of, remarks
from flamecheck.spans import Lines, Span
from flamecheck.suppression.sentence import Sentences
from flamecheck.wire import dump_sound

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
PROBLEM: Final = {
    Severity.INFO: "recommendation", Severity.LOW: "recommendation", Severity.MEDIUM: "warning",
    Severity.HIGH: "error", Severity.CRITICAL: "error",
}  # fmt: skip
CONTEXT: Final = 400
"""The longest line, in code points, that is told whole around a finding."""


def render(run: Run, options: Options) -> str:
    """Return a log with one run."""
    told = Words(options.lang)
    files = [(outcome, remarks(outcome, run.policy)) for outcome in run.outcomes]
    used = sorted({item.finding.rule_id for _, found in files for item in found})
    index = {rule_id: number for number, rule_id in enumerate(used)}
    results = [
        row
        for number, (outcome, found) in enumerate(files)
        for row in _results(number, outcome, found, index, Rewrites(outcome, run))
    ]
    samples = {item.finding.rule_id: item for _, found in files for item in found}
    driver = {
        "name": "flamecheck",
        **({"semanticVersion": run.version} if run.version else {}),
        "language": "ja",
        "rules": [_rule(run.rules.get(rule_id) or _note_of(samples[rule_id]), run, options, told) for rule_id in used],
    }
    made = {
        "tool": {"driver": driver},
        "automationDetails": {"id": "flamecheck/"},
        "invocations": [_invocation(run)],
        "originalUriBaseIds": {"SRCROOT": {"description": {"text": "The folder flamecheck was started in."}}},
        "artifacts": [_artifact(outcome) for outcome in run.outcomes],
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "results": results,
        "properties": _with(run),
    }
    return dump_sound({"$schema": SCHEMA, "version": "2.1.0", "runs": [made]}, indent=2) + "\n"


def _with(run: Run) -> dict[str, Any]:
    """Return what the posts were screened with, as far as any post says it."""
    for post in run.posts():
        screened = post.verdict.report.screened
        packs = [f"{pack.id} {pack.version}".strip() for pack in screened.packs]
        return {"policy": run.policy.id, "pack": screened.pack, "dictionary": screened.dictionary, "packs": packs}
    return {"policy": run.policy.id}


def _note_of(item: Remark) -> RuleNote:
    """Return what a finding alone tells of its rule, when the run knows no more."""
    finding = item.finding
    return RuleNote(
        finding.rule_id, finding.rule_id, finding.category, finding.group, finding.severity, finding.confidence, "",
        finding.rule_id, finding.affected, finding.rewrite, finding.references,
    )  # fmt: skip


def _rule(note: RuleNote, run: Run, options: Options, told: Words) -> dict[str, Any]:
    tier = run.policy.present(run.policy.groups[note.group][note.severity].rank)
    level = Level.NOTE if tier.rank <= run.policy.lowest.rank else Level.WARNING
    lines = [told("affected", text=note.affected), told("rewrite", text=note.rewrite), *note.references]
    page = page_of(note.id, options, note.references)
    return {
        "id": note.id,
        "name": "".join(part.capitalize() for part in note.id.replace("/", "-").split("-")),
        "shortDescription": {"text": note.title},
        "fullDescription": {"text": note.message.replace("{matched}", "…")},
        "help": {"text": "\n".join(lines), "markdown": "\n".join(f"- {_escaped(line)}" for line in lines)},
        **({"helpUri": page} if page else {}),
        "defaultConfiguration": {"level": level.label, "rank": _rank(note.severity, note.confidence)},
        "properties": {
            "category": note.category,
            "group": note.group,
            "status": note.status,
            "tags": [note.group, note.category],
            "precision": note.confidence.label,
            "problem.severity": PROBLEM[note.severity],
        },
    }


def _rank(severity: Severity, confidence: Confidence) -> float:
    return round(100 * SEVERITY_WEIGHT[severity] * CONFIDENCE_WEIGHT[confidence], 1)


def _escaped(text: str) -> str:
    return "".join(f"\\{char}" if char in "\\`*_[]<>#|~" else char for char in text)


def _results(
    number: int, outcome: Outcome, found: list[Remark], index: dict[str, int], rewrites: Rewrites
) -> Iterator[dict[str, Any]]:
    lines = Lines(outcome.starred())
    sentences = {id(post): _Sentences(post) for post in outcome.posts}
    seen: Counter[str] = Counter()
    for item in found:
        finding = item.finding
        mark = _hash(finding.rule_id, sound(outcome.name), sentences[id(item.post)].mark(finding.span))
        seen[mark] += 1
        fixes = [_fix(number, outcome.name, one, lines) for one in rewrites.of(item)]
        yield {
            "ruleId": finding.rule_id,
            "ruleIndex": index[finding.rule_id],
            "kind": "review",
            "level": item.level.label,
            "rank": _rank(finding.severity, finding.confidence),
            "message": {"text": finding.message},
            "locations": [{"physicalLocation": _place(number, outcome.name, item.span, lines)}],
            # 同じ文が同じファイルに二度あるときは、何番目かで分ける。
            "partialFingerprints": {"ruleSentencePath/v1": f"{mark}:{seen[mark]}"},
            "suppressions": [_suppression(item)] if item.aside else [],
            **({"fixes": fixes} if fixes else {}),
            "properties": {
                "post": str(item.post.document.id),
                "tier": item.tier.id,
                "severity": finding.severity.label,
                "confidence": finding.confidence.label,
                "affected": finding.affected,
                "rewrite": finding.rewrite,
                "tierOfPost": item.post.verdict.tier.id,
                "owners": list(item.post.verdict.owners),
            },
        }


def _fix(number: int, name: str, one: Fix, lines: Lines) -> dict[str, Any]:
    replaced = {"deletedRegion": _region(one.span, lines), "insertedContent": {"text": one.new}}
    change = {"artifactLocation": _location(number, name), "replacements": [replaced]}
    return {"description": {"text": f"{one.key} → {one.new}"}, "artifactChanges": [change]}


def _region(span: Span, lines: Lines) -> dict[str, Any]:
    line, column = lines.locate(span.start)
    end_line, end_column = lines.locate(span.end)
    return {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}


def _hash(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


def _suppression(item: Remark) -> dict[str, Any]:
    aside = item.aside
    assert aside is not None  # noqa: S101 - 呼ぶところが確かめている
    more = {"by": aside.by, "where": aside.where, **({"until": aside.until.isoformat()} if aside.until else {})}
    kind = "inSource" if aside.by == "directive" else "external"
    return {"kind": kind, "status": "accepted", "justification": aside.why, "properties": more}


class _Sentences:
    """The sentences of a post with leaks starred, so that a hash of one tells nothing either; each is hashed once."""

    def __init__(self, post: Screened) -> None:
        signs = list(post.document.text)
        for at in stars(post.verdict.report):
            signs[at] = "*"
        self._sentences: Final = Sentences(plain("".join(signs)))
        self._hashes: dict[Span, str] = {}

    def mark(self, span: Span) -> str:
        """Return the hash of the sentence around ``span`` of the visible text."""
        around = self._sentences.around(span)
        if around not in self._hashes:
            self._hashes[around] = _hash(self._sentences.words(span))
        return self._hashes[around]


def _location(number: int, name: str) -> dict[str, Any]:
    return {**_address(name), "index": number}


def _address(name: str) -> dict[str, Any]:
    path = encoded(name)
    return {"uri": f"file://{path}"} if path.startswith("/") else {"uri": path, "uriBaseId": "SRCROOT"}


def _place(number: int, name: str, span: Span, lines: Lines) -> dict[str, Any]:
    region = _region(span, lines)
    line, end_line = region["startLine"], region["endLine"]
    place = {
        "artifactLocation": _location(number, name),
        "region": {**region, "snippet": {"text": lines.text[span.start : span.end]}},
    }
    start, end = lines.start_of(line), lines.start_of(end_line) + len(lines.text_of(end_line))
    if end - start <= CONTEXT:
        snippet = {"text": lines.text[start:end]}
        place["contextRegion"] = {"startLine": line, "endLine": end_line, "snippet": snippet}
    return place


def _artifact(outcome: Outcome) -> dict[str, Any]:
    """Return the file; its encoding is told only when nothing was guessed about it."""
    known = {} if outcome.error or outcome.note else {"encoding": "UTF-8"}
    return {"location": _address(outcome.name), "roles": ["analysisTarget"], **known}


def _invocation(run: Run) -> dict[str, Any]:
    failed, advice = [], []
    for number, outcome in enumerate(run.outcomes):
        if outcome.error is not None:
            place: dict[str, Any] = {"artifactLocation": _location(number, outcome.name)}
            if outcome.error.line:
                place["region"] = {"startLine": outcome.error.line}
            failed.append(_notification("error", outcome.error.code, outcome.error.message, place))
        for problem in outcome.diagnostics:
            at = problem.place
            region = {"startLine": at.line, "startColumn": at.column, "endColumn": at.column + at.length}
            place = {"artifactLocation": _location(number, outcome.name), "region": region}
            level = "error" if problem.level == "error" else "warning"
            advice.append(_notification(level, problem.code, problem.message, place))
    return {
        "executionSuccessful": not failed,
        "toolExecutionNotifications": failed,
        "toolConfigurationNotifications": advice,
    }


def _notification(level: str, code: str, message: str, place: dict[str, Any]) -> dict[str, Any]:
    return {
        "level": level,
        "descriptor": {"id": code},
        "message": {"text": message},
        "locations": [{"physicalLocation": place}],
    }
