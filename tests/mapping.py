"""The law that every input keeps: what is visible stands in the file where its map says, in order."""

from __future__ import annotations

from flamecheck.document import Document
from flamecheck.spans import Span


def obeyed(document: Document) -> None:
    """Assert that the map is exact and goes forward, and that regions and comments lie where they can."""
    source, text = document.origin.text, document.text
    at = end = 0
    for span, written in document.body.runs():
        shown = source[span.start : span.end] if written is None else written
        assert end <= span.start <= span.end <= len(source), (end, span)
        assert text[at : at + len(shown)] == shown
        at, end = at + len(shown), span.end
    assert at == len(text)
    starts = [document.locate(Span(at, at + 1)).start for at in range(len(text))]
    assert starts == sorted(starts)
    for region in document.regions:
        assert 0 <= region.span.start < region.span.end <= len(text)
    for comment in document.comments:
        assert comment.text.strip().startswith("flamecheck")
        assert comment.block is None or comment.block.start < comment.block.end <= len(source)
        for at, char in enumerate(comment.text):
            place = comment.locate(Span(at, at + 1))
            assert place.length != 1 or char in (source[place.start], "\n"), (char, place)
