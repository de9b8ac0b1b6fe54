"""Nearly equal texts meet, others do not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from flamecheck.audit.sketch import alike, bands, held, shingles

TEXT = "秋の大感謝祭を開催します。全品がお得になるこの機会にぜひお越しください。皆さまのご来店をお待ちしています"


def test_one_word_more_or_less_still_meets() -> None:
    assert set(bands(TEXT)) & set(bands(TEXT + "ね"))
    assert set(bands(TEXT)) & set(bands(TEXT.replace("ぜひ", "")))


def test_another_text_does_not_meet() -> None:
    other = "本日は定休日です。明日は朝十時から営業いたします。焼きたてのパンを用意してお待ち申し上げております"
    assert not set(bands(TEXT)) & set(bands(other))
    assert bands("あ") == ()


@given(st.text(), st.text())
def test_likeness_is_symmetric_and_bounded(first: str, second: str) -> None:
    one, two = shingles(first), shingles(second)
    assert alike(one, two) == alike(two, one)
    assert 0 <= alike(one, two) <= 1 >= held(one, two) >= 0
    assert alike(one, one) == 1
    assert bands(first) == bands(first)
    assert len(bands(first)) in (0, 4)
