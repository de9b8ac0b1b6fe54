"""Make docs/accuracy.md and its chart from the corpora: ``python tools/accuracy.py``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

from flamecheck.corpus.golden import first_runs
from flamecheck.corpus.model import Outcome
from flamecheck.corpus.read import read
from flamecheck.corpus.score import Rate, Score, category_of, grouped, is_everyday, screen
from flamecheck.corpus.table import report
from flamecheck.screener import Screener

ROOT = Path(__file__).parents[1]
CORPORA, PAGE, CHART = ROOT / "corpora", ROOT / "docs" / "accuracy.md", ROOT / "docs" / "accuracy.svg"
HEAD = """\
# Accuracy

What the shipped rules find on the posts in `corpora/`, as hits of all with 95 % intervals (Wilson).
A post is flagged when a finding is above info (on everyday posts: medium or above), and caught when it is risky and flagged.
The figures of posts that rules were mended for are too good; the first runs, taken before anyone had looked, are the honest ones.

![Recall and false alarms by category](accuracy.svg)

"""
_ROW, _LEFT, _WIDTH = 18, 200, 520
_FONT = 'font-family="sans-serif" font-size="11"'


def pages(outcomes: Sequence[Outcome]) -> dict[Path, str]:
    """Return the page and its chart by their paths."""
    labelled = [outcome for outcome in outcomes if not is_everyday(outcome)]
    return {PAGE: HEAD + report(outcomes, first_runs(CORPORA)), CHART: chart(grouped(labelled, category_of))}


def chart(scores: Mapping[str, Score]) -> str:
    """Return bars of recall (right) and false alarms (left of the name's line) with their intervals, as SVG."""
    height = _ROW * (len(scores) + 2)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_LEFT + _WIDTH + 20}" height="{height}" {_FONT}>',
        f'<text x="{_LEFT}" y="12" fill="#1f6feb">risky posts in the right category</text>',
        f'<text x="{_LEFT + 220}" y="12" fill="#d1242f">benign posts flagged</text>',
    ]
    for number, (name, score) in enumerate(scores.items()):
        top = _ROW * (number + 1)
        lines.append(f'<text x="{_LEFT - 6}" y="{top + 12}" text-anchor="end">{escape(name)}</text>')
        lines += _bar(score.in_category, top + 3, "#1f6feb") + _bar(score.false, top + 9, "#d1242f")
    return "\n".join([*lines, "</svg>"]) + "\n"


def _bar(rate: Rate, top: int, colour: str) -> list[str]:
    if rate.value is None:
        return []
    low, high = (_LEFT + _WIDTH * edge for edge in rate.interval)
    return [
        f'<rect x="{_LEFT}" y="{top}" width="{_WIDTH * rate.value:.1f}" height="5" fill="{colour}"/>',
        f'<line x1="{low:.1f}" x2="{high:.1f}" y1="{top + 2.5}" y2="{top + 2.5}" stroke="#666"/>',
    ]


def main() -> None:
    """Write both."""
    for path, text in pages(screen(read(CORPORA), Screener.default())).items():
        path.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
