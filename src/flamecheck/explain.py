"""Every step of one screening, told in Japanese: views, tokens, candidates, and why each rule held or did not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from types import MappingProxyType
from typing import Final

from flamecheck.analysis import Analysis
from flamecheck.disguise.undo import undo
from flamecheck.document import Document
from flamecheck.engine import act, candidates, judge, unhidden
from flamecheck.matching import apart, cached
from flamecheck.promise import literals_of
from flamecheck.ruleset import CompiledRule, Ruleset
from flamecheck.spans import Span
from flamecheck.standing import standing
from flamecheck.tokens import Tokenizer

NONE: Final[Mapping[str, str]] = MappingProxyType({})


def explain(
    document: Document,
    ruleset: Ruleset,
    tokenizer: Tokenizer,
    *,
    left_out: Mapping[str, str] = NONE,
    as_of: date | None = None,
) -> str:
    """Return the account as text, one step a block.

    ``left_out`` says of rules that do not run why; ``as_of`` as for ``engine.find``.
    """
    analysis = Analysis(document, tokenizer)
    return "\n".join([*_lines(analysis, tokenizer), *_rules(analysis, ruleset, left_out, as_of)]) + "\n"


def _lines(analysis: Analysis, tokenizer: Tokenizer) -> Iterator[str]:
    yield f"■ 原文（{len(analysis.document.text)} 字）"
    yield f"  {_one_line(analysis.document.text)}"
    yield f"■ 表記をそろえた文（{len(analysis.text)} 字、直した箇所 {len(analysis.folded.alignment.edits)}）"
    yield f"  {_one_line(analysis.text)}"
    for edit in analysis.folded.alignment.edits[:40]:
        old, new = analysis.document.text[slice(*edit.old)], analysis.text[slice(*edit.new)]
        yield f"    {edit.old.start}–{edit.old.end}: {_quoted(old)} → {_quoted(new)}"
    yield f"■ 文（{len(analysis.sentences)}、／は節の切れ目）"
    for sentence in analysis.sentences:
        edges = [at for at in analysis.clause_cuts if sentence.start < at < sentence.end]
        clauses = (analysis.text[a:b] for a, b in pairwise([sentence.start, *edges, sentence.end]))
        yield f"  {sentence.start}–{sentence.end}: {'／'.join(_one_line(clause) for clause in clauses)}"
    yield f"■ 語（{tokenizer.version}、C 単位 {len(analysis.tokens)}）"
    for token in analysis.tokens:
        tag = "-".join(part for part in token.pos[:4] if part != "*")
        unknown = "　未知語" if token.is_oov else ""
        forms = f"辞書形 {token.dictionary_form}　正規形 {token.normalized_form}　読み {token.reading}"
        yield f"  {token.start}–{token.end} {_one_line(token.surface)}　{tag}　{_one_line(forms)}{unknown}"
    fine = "／".join(_one_line(token.surface) for token in analysis.fine_tokens)
    yield f"  A 単位: {fine}"


def _rules(analysis: Analysis, ruleset: Ruleset, left_out: Mapping[str, str], as_of: date | None) -> Iterator[str]:
    found_by_words = list(candidates(analysis, ruleset, as_of=as_of))
    tried = [compiled for compiled in found_by_words if compiled.rule.id not in left_out]
    present = ruleset.prefilter.present(analysis.text)
    yield f"■ 候補の規則（{len(ruleset.compiled)} のうち {len(tried)}）"
    for compiled in tried:
        found = sorted(literals_of(compiled.matcher.promise) & present)
        reason = "、".join(found[:8]) if found else "語形を見ないと決まらない"
        yield f"  {compiled.rule.id}: {reason}"
    skipped = [item.rule.id for item in ruleset.compiled if not item.rule.applies(analysis.context, as_of)]
    if skipped:
        yield f"■ 文脈（日付・投稿の種類など）が分からない、または合わないため試さなかった規則（{len(skipped)}）"
        yield from (f"  {rule_id}" for rule_id in skipped)
    unasked = [compiled.rule.id for compiled in found_by_words if compiled.rule.id in left_out]
    if unasked:
        yield f"■ 候補だが、選ばれていないので試さなかった規則（{len(unasked)}）"
        yield from (f"  {rule_id}: {left_out[rule_id]}" for rule_id in unasked)
    yield "■ 判定"
    for compiled in tried:
        yield from _verdict(analysis, compiled)
    yield from _disguises(analysis, ruleset, left_out, as_of)


def _disguises(analysis: Analysis, ruleset: Ruleset, left_out: Mapping[str, str], as_of: date | None) -> Iterator[str]:
    """Tell which words were written plainly again, how each was hidden, and what the rule then found."""
    texts = list(undo(analysis, ruleset.disguises))
    if texts:
        yield "■ 隠し書きを元に戻した文"
    for undone in texts:
        rule = ruleset.compiled[undone.number].rule
        yield f"  {rule.id}{'（縦読み）' if undone.column else ''}: {_one_line(undone.analysis.text)}"
        for place, hops in undone.places:
            written = _matched(analysis, undone.analysis.to_text(place))
            yield f"    「{written}」 → {_quoted(undone.analysis.text[slice(*place)])}（{'、'.join(hops)}）"
    plain = judge(analysis, ruleset, ignore=left_out, as_of=as_of)
    for judged in unhidden(analysis, ruleset, plain, ignore=left_out, as_of=as_of):
        span = judged.analysis.to_text(judged.hit.span)
        gone = f"　取り下げ（{judged.cancelled[1].why}）" if judged.cancelled else ""
        yield f"  ○ {judged.rule.id} {span.start}–{span.end}「{_matched(analysis, span)}」 {'、'.join(judged.via)}{gone}"


def _verdict(analysis: Analysis, compiled: CompiledRule) -> Iterator[str]:
    hits = list(apart(cached(compiled.matcher, analysis), compiled.rule.confidence))
    if not hits:
        yield f"  × {compiled.rule.id}: 当てはまる並びがない"
    for hit in hits:
        span = analysis.to_text(hit.span)
        yield f"  ○ {compiled.rule.id} {span.start}–{span.end}「{_matched(analysis, span)}」 基本 {compiled.rule.severity.label}"
        for overlaid in compiled.rule.overlays:
            yield f"      この規則は {overlaid}"
        for name, at in standing(compiled.matcher, analysis, hit.span):
            yield f"      語彙の項目 {name}「{_matched(analysis, analysis.to_text(at))}」"
        for cue in hit.cues:
            where = "文脈" if cue.span is None else f"「{_matched(analysis, analysis.to_text(cue.span))}」"
            yield f"      手がかり {cue.id} {cue.weight:+d} {where}（{cue.why}）"
        for guard in compiled.guards:
            case = act(guard, analysis, hit.span)
            if case is None:
                yield f"      ガード {guard.guard.id}: 働かない"
            elif case.steps is None:
                yield f"      ガード {guard.guard.id}: 取り下げ（{case.why}）"
            else:
                yield f"      ガード {guard.guard.id}: {case.steps:+d}（{case.why}）"
            if case is not None:
                yield from (f"        このガードは {overlaid}" for overlaid in guard.guard.overlays)


def _matched(analysis: Analysis, span: Span) -> str:
    return _one_line(analysis.document.text[span.start : span.end])


def _one_line(text: str) -> str:
    """Return ``text`` with everything a terminal would act on written as an escape."""
    return "".join(char if char.isprintable() or char == "\u3000" else ascii(char)[1:-1] for char in text)


def _quoted(text: str) -> str:
    return f"「{_one_line(text)}」" if text else "（なし）"
