"""Make docs/catalog.md, what the shipped pack holds, from the pack: ``python tools/catalog.py``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from flamecheck.rules.categories import CATEGORIES
from flamecheck.rules.load import load_pack
from flamecheck.rules.rule import Pack

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "catalog.md"
HEAD = """\
# What the shipped pack holds

Made by `python tools/catalog.py`.  `flamecheck rules show ID` tells everything of a rule, a lexicon or a guard; `flamecheck rules doc` writes a page for each rule.
"""


def page(pack: Pack) -> str:
    """Return the page: rules by category, shared guards, lexicons."""
    lines = [HEAD, "## Rules by category", ""]
    for category, title in CATEGORIES.items():
        rules = [rule for rule in pack.rules if rule.category == category]
        lines += [f"### `{category}` {title}", ""]
        lines += table(
            ("id", "title", "severity", "status"),
            ((f"`{rule.id}`", rule.title, rule.severity.label, rule.status) for rule in rules),
        )
    lines += ["## Guards", ""]
    lines += table(("id", "title"), ((f"`{name}`", guard.title) for name, guard in sorted(pack.guards.items())))
    lines += ["## Lexicons", ""]
    lines += table(
        ("name", "title", "entries"),
        ((f"`<{name}>`", item.title, str(len(item.entries))) for name, item in sorted(pack.lexicons.items())),
    )
    return "\n".join(lines)


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """Yield the lines of one Markdown table and the empty line behind it."""
    yield "| " + " | ".join(head) + " |"
    yield "|" + "---|" * len(head)
    for row in rows:
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"
    yield ""


if __name__ == "__main__":
    PAGE.write_text(page(load_pack([ROOT / "rules"])), "utf-8")
