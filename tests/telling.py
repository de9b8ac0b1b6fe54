"""A run with everything an output can meet: two findings and a secret behind an astral character, a tab and an entity.

Places are computed from the bytes of the source alone, in all three units.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from flamecheck.document import Document, Source, plain
from flamecheck.errors import Diagnostic, InputError, Place
from flamecheck.finding import Adjustment, Cue, Dismissed, Finding, Suppressed
from flamecheck.grading import Confidence, Severity
from flamecheck.inputs.markdown import read_markdown
from flamecheck.outcome import Outcome, RuleNote, Run, Screened
from flamecheck.policy.decide import decide
from flamecheck.policy.load import load_policy
from flamecheck.report import PackUsed, Report
from flamecheck.report import Screened as With
from flamecheck.spans import MapBuilder, Span

POLICY = load_policy("standard", [Path(__file__).parents[1] / "rules" / "policies"])
KOHO = POLICY.tier("koho").rank
SOURCE = (
    "# 🎉\tおしらせ\r\n\r\n"
    "👨‍👩‍👧\t&#128512; **誤解**を招いたのなら、お詫びします。\t担当は&#48;90-5678-1234です。\r\n\r\n"
    "- 女のくせに @team #12 ::error:: <b>|</b> ]]>\r\n"
    "- 女のくせに 二度目\r\n"
)
APOLOGY, PHONE, GENDER = "誤解**を招いたのなら", "&#48;90-5678-1234", "女のくせに"
SECRETS = ("5678",)


class Spot(NamedTuple):
    """Where a needle of the source stands, by its bytes: line, then first and last column in three units."""

    line: int
    points: tuple[int, int]
    utf16: tuple[int, int]
    utf8: tuple[int, int]


def spot(needle: str, source: str = SOURCE) -> Spot:
    """Return the place of the first ``needle``, which lies on one line."""
    before, _, _ = source.partition(needle)
    line = before.encode().count(b"\n") + 1
    head = before.encode().split(b"\n")[-1].decode()
    units = [(len(head), len(needle))]
    units.append((len(head.encode("utf-16-be")) // 2, len(needle.encode("utf-16-be")) // 2))
    units.append((len(head.encode()), len(needle.encode())))
    return Spot(line, *((start + 1, start + length + 1) for start, length in units))


def found(text: str, words: str, rule: str, severity: Severity, *, shown: str = "", nth: int = 0) -> Finding:
    """Return a finding on the ``nth`` place of ``words`` in the visible text; ``shown`` is what it may tell of them."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    matched = shown or words
    group, _, category = rule.partition("/")
    return Finding(
        rule, category, group, severity, Confidence.MEDIUM, Span(start, start + len(words)), matched,
        f"「{matched}」は、そう受け取られるおそれがあります。", "読む人", "別の言い方にする。", (f"{rule} の資料 https://example.jp/{rule}",),
    )  # fmt: skip


def screened(
    document: Document, *findings: Finding, aside: tuple[Suppressed, ...] = (), out: tuple[Dismissed, ...] = ()
) -> Screened:
    """Return the post with its verdict under the standard policy, which fails from 広報 on."""
    report = Report(findings, out, With("p", "d", packs=(PackUsed("own", "1.0", "f"),)), suppressed=aside)
    verdict = decide(report, POLICY, id=document.id)
    return Screened(document, verdict, verdict.tier.rank >= KOHO, KOHO)


def hostile(name: str = "投稿 a[1].md", source: str = SOURCE) -> Outcome:
    """Return the hostile Markdown file with three findings, one set aside and one dismissed."""
    document = read_markdown(Source(name, source, "markdown"))
    text = document.text
    phone = found(text, "090-5678-1234", "leak/phone", Severity.CRITICAL, shown="090-****-1234")
    apology = replace(
        found(text, "誤解を招いたのなら", "tone/apology", Severity.HIGH),
        adjustments=(Adjustment("crisis", 1, "災害の直後"), Adjustment("news", -1, "報道")),
        cues=(Cue("laugh", None, 2, "笑いを添えている"),),
    )
    second = found(text, GENDER, "topic/gender", Severity.INFO, nth=1)
    aside = Suppressed(
        found(text, GENDER, "topic/gender", Severity.HIGH), "directive", f"{name}:5", "引用です", date(2027, 3, 31)
    )
    out = Dismissed(found(text, "おしらせ", "tone/notice", Severity.LOW), "mention", "言葉として挙げている")
    problem = Diagnostic("FC402", Place(name, 5, 1, "- 女のくせに", 2), "使われていない指示です", level="warning")
    post = screened(document, apology, phone, second, aside=(aside,), out=(out,))
    return Outcome(name, source, (post,), diagnostics=(problem,), note="CP932 として読みました")


def several() -> Outcome:
    """Return one file with two posts, a place each."""
    text = "- 一つ目は女のくせに\n- 二つ目は晴れ\n"
    posts = []
    for number, (start, end) in enumerate(((2, 11), (14, 20))):
        builder = MapBuilder()
        builder.replace(start, "")
        builder.copy(text[start:end])
        builder.replace(len(text) - end, "")
        document = Document(f"posts.{number}", Source("posts.yml", text), builder.build())
        findings = [found(document.text, GENDER, "topic/gender", Severity.MEDIUM)] if number == 0 else []
        posts.append(screened(document, *findings))
    return Outcome("posts.yml", text, tuple(posts))


def clean(name: str = "ok.txt") -> Outcome:
    """Return a file in which nothing was found."""
    return Outcome(name, "晴れです", (screened(plain("晴れです", name=name)),))


def broken() -> Outcome:
    """Return a file that could not be read."""
    return Outcome("bad.txt", error=InputError("encoding", "文字コードが分かりません\x1b", line=2))


def whole() -> Run:
    """Return a run over all of them."""
    outcomes = (hostile(), clean(), several(), broken())
    findings = [finding for outcome in outcomes for post in outcome.posts for finding in post.verdict.report.findings]
    return Run(outcomes, POLICY, {finding.rule_id: note(finding) for finding in findings}, "1.2.3")


def note(finding: Finding) -> RuleNote:
    """Return what is known of the rule of a finding."""
    return RuleNote(
        finding.rule_id, f"見本 {finding.rule_id}", finding.category, finding.group, finding.severity, finding.confidence,
        "stable", "「{matched}」は気になります。", finding.affected, finding.rewrite, finding.references,
    )  # fmt: skip


def run_of(*outcomes: Outcome) -> Run:
    """Return a run over ``outcomes`` that knows nothing of the rules."""
    return Run(outcomes, POLICY)


REWRITABLE = "😀\tお知らせ\r\n\r\n😀\t&amp; 父兄の皆さまへ。父&#20804;会\r\n"


def rewritten() -> Run:
    """Return a run with two findings of a rule that rewrites 父兄; only the first stands in the source as it is read."""
    document = read_markdown(Source("a.md", REWRITABLE, "markdown"))
    both = [found(document.text, "父兄", "topic/term", Severity.MEDIUM, nth=number) for number in range(2)]
    known = replace(note(both[0]), fix=(("父兄", "保護者"),))
    return Run((Outcome("a.md", REWRITABLE, (screened(document, *both),)),), POLICY, {"topic/term": known})
