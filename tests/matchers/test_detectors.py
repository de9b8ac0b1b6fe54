"""A detector as a condition: hits of the folded text, with the context, and the promise of its literals."""

from __future__ import annotations

import pytest

from flamecheck.analysis import Analysis
from flamecheck.context import Context
from flamecheck.detectors.numerals import Limits, value_of
from flamecheck.detectors.registry import DETECTORS
from flamecheck.document import plain
from flamecheck.grading import Confidence
from flamecheck.matchers.detectors import DetectorMatcher
from flamecheck.promise import literals_of
from flamecheck.spans import Span
from flamecheck.tokenizers.sudachi import SudachiTokenizer


@pytest.fixture(scope="module")
def tokenizer() -> SudachiTokenizer:
    return SudachiTokenizer()


def analysis(text: str, tokenizer: SudachiTokenizer, context: Context | None = None) -> Analysis:
    return Analysis(plain(text, context=context or Context()), tokenizer)


def test_a_hit_is_a_span_of_the_folded_text_with_its_confidence(tokenizer: SudachiTokenizer) -> None:
    hits = DetectorMatcher("phone").find(analysis("番号は０９０－２３４５－９８７６", tokenizer))
    assert [(hit.span, hit.confidence) for hit in hits] == [(Span(3, 16), Confidence.HIGH)]


def test_a_detector_reads_the_context(tokenizer: SudachiTokenizer) -> None:
    text = "応募は11月20日まで"
    posted = Context.of({"posted_at": "2026-11-24"})
    assert DetectorMatcher("past-date").find(analysis(text, tokenizer)) == ()
    assert [hit.span for hit in DetectorMatcher("past-date").find(analysis(text, tokenizer, posted))] == [Span(3, 11)]


def test_limits_reach_the_detector(tokenizer: SudachiTokenizer) -> None:
    matcher = DetectorMatcher("number", Limits(value_of("100万"), None, ("円",)))
    assert [hit.span for hit in matcher.find(analysis("90万円と120万円", tokenizer))] == [Span(5, 10)]


def test_only_what_is_sure_enough_is_asked_for(tokenizer: SudachiTokenizer) -> None:
    read = analysis("info@midori.jp sato@midori.jp sato@gmail.com", tokenizer)
    found = {level: len(DetectorMatcher("email", sure=level).find(read)) for level in Confidence}
    assert found == {Confidence.LOW: 3, Confidence.MEDIUM: 2, Confidence.HIGH: 1}


def test_as_a_relation_it_asks_the_scope_of_the_anchor(tokenizer: SudachiTokenizer) -> None:
    read = analysis("中の人です。番号は090-2345-9876です", tokenizer)
    matcher = DetectorMatcher("phone")
    assert not matcher.holds(read, Span(0, 3), "sentence")
    assert matcher.holds(read, Span(0, 3), "post")


@pytest.mark.parametrize("name", DETECTORS)
def test_every_detector_promises_its_literals(name: str) -> None:
    assert literals_of(DetectorMatcher(name).promise) == set(DETECTORS[name].literals)
