"""Who screens: rules and dictionary, loaded only when a draft has to be read that was not read before."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Final

from flamecheck.checking.cache import Cache
from flamecheck.document import Document
from flamecheck.outcome import RuleNote
from flamecheck.policy.model import Policy
from flamecheck.report import Report
from flamecheck.rules.load import packaged
from flamecheck.rules.packs import resolve
from flamecheck.rules.provenance import Words
from flamecheck.rules.rule import Rule
from flamecheck.rules.words import info_of
from flamecheck.screener import Screener
from flamecheck.settings.values import Applied
from flamecheck.tokenizers.sudachi import installed_dictionary


class Desk:
    """Reports from the cache or from a screener that ``make`` makes on first use."""

    def __init__(
        self, make: Callable[[], Screener], policy: Policy, cache: Cache, *, as_of: date | None = None
    ) -> None:
        """Load nothing yet; ``as_of`` is what ``make`` gives the screener."""
        self._as_of: Final = as_of
        self._make: Final = make
        self.policy: Final = policy
        self._cache: Final = cache

    @cached_property
    def screener(self) -> Screener:
        """Return the screener; raises what making one raises."""
        return self._make()

    def report(self, document: Document, applied: Applied) -> Report:
        """Return the report on one document under the selection of its path."""
        asked = repr((applied.select, applied.extend_select, applied.ignore, self._as_of))
        return self._cache.report(document, asked, lambda: self._screened(document, applied))

    @cached_property
    def rules(self) -> Mapping[str, RuleNote]:
        """Return what is known of every rule, by id."""
        return self._cache.notes(lambda: {rule.id: note_of(rule) for rule in self.screener.pack.rules})

    def _screened(self, document: Document, applied: Applied) -> Report:
        selection = self.screener.selecting(
            select=applied.select, extend_select=applied.extend_select, ignore=applied.ignore
        )
        return self.screener.report(document, selection)


def made_from(packs: Iterable[Path], words: tuple[Words, ...] = ()) -> str:
    """Return everything that reports depend on besides the draft: packs, dictionary, libraries, this program itself.

    ``words`` are those the settings add to lexicons.  Reads the files and compiles nothing.  A pack that does not load is told about when it is loaded.
    """
    sources, problems = resolve([packaged(), *packs], packaged)
    parts = [f"{source.info.id} {source.info.fingerprint}" for source in sources]
    parts += [problem.render() for problem in problems]
    parts += [f"words {info_of(words).fingerprint}"] if words else []
    parts += [installed_dictionary(), f"sudachipy {version('sudachipy')}", f"flamecheck {_program()}"]
    return "\n".join(parts)


def note_of(rule: Rule) -> RuleNote:
    """Return what an output may tell of a rule."""
    return RuleNote(
        rule.id,
        rule.title,
        rule.category,
        rule.group,
        rule.severity,
        rule.confidence,
        rule.status,
        rule.message,
        rule.affected,
        rule.rewrite,
        rule.references,
        tuple((key, new) for key, new, _ in rule.fix),
    )


def _program() -> str:
    """Return a hash over the source of this program: a checkout that is worked on has one version for many states."""
    root = Path(__file__).parent.parent
    digest = hashlib.blake2b(digest_size=12)
    for path in sorted(root.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
