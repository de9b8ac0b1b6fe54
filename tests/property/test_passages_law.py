"""In a long text, conditions on a post look at passages: the engine and the naive reading agree where they end."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import reference
from agreement import agree, pack_of, phrase, rule_of
from hypothesis import event, given, settings
from hypothesis import strategies as st

from flamecheck import analysis
from flamecheck.rules.condition import AllOf, Condition, Count, WeakCue, Weigh

PIECES = ["台風", "セール", "半額", "の日", "です", "と言う", "。", "!", "、", "\n", "。"]
texts = st.lists(st.sampled_from(PIECES), min_size=3, max_size=24).map("".join)
A, B, C = (phrase(word) for word in ("台風", "セール", "半額"))
CONDITIONS: list[Condition] = [
    AllOf((A, B), "post"),
    AllOf((A, B, C), "post"),
    Count((A, B, C), 2, None, False, "post"),
    Weigh((WeakCue("a", A, 2, "台風"), WeakCue("b", B, 1, "セール"), WeakCue("c", C, 1, "半額")), 3, "post"),
]


@pytest.fixture(scope="module", autouse=True)
def short_passages() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(analysis, "PASSAGE", 12)
        patch.setattr(reference, "PASSAGE", 12)
        yield


@given(texts, st.sampled_from(CONDITIONS))
@settings(max_examples=300)
def test_passages(text: str, condition: Condition) -> None:
    report = agree(text, pack_of([rule_of(condition)]))
    event(f"found: {bool(report.findings)}, long: {len(text) > 12}")


def test_what_stands_a_passage_apart_is_not_said_together() -> None:
    far = "台風です。" + "と言う日です。" * 4 + "セールです。"
    for condition in CONDITIONS:
        assert agree(far, pack_of([rule_of(condition)])).findings == ()
        assert len(agree("台風の日。セール半額", pack_of([rule_of(condition)])).findings) == 1
