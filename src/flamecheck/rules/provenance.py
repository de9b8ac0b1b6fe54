"""Where rules come from: the packs that were read, ids that once were, and what overlays have changed and why."""

from __future__ import annotations

from dataclasses import dataclass, field

from flamecheck.errors import Diagnostic, Place


@dataclass(slots=True, frozen=True)
class PackInfo:
    """Which pack was loaded: its id, its version ("" when it states none), and a fingerprint of its files."""

    id: str
    version: str
    title: str
    fingerprint: str
    folder: str = field(compare=False)


@dataclass(slots=True, frozen=True)
class Retired:
    """A rule id that once was, what replaced it, and why."""

    id: str
    replaced_by: tuple[str, ...]
    why: str
    place: Place = field(compare=False)

    def warning(self, place: Place) -> Diagnostic:
        """Return the warning (FC437) for the id written at ``place``."""
        hint = f"代わりに: {', '.join(self.replaced_by)}" if self.replaced_by else "代わりはありません。消してください"
        return Diagnostic("FC437", place, f"規則「{self.id}」は使うのをやめました（{self.why}）", hint, level="warning")


@dataclass(slots=True, frozen=True)
class Overlaid:
    """What one overlay changed, in Japanese, and why; ``by`` is the id of its pack and the file inside it.

    ``steps`` is how far it moved the severity of its rule.
    """

    by: str
    what: tuple[str, ...]
    why: str
    steps: int = 0

    def __str__(self) -> str:
        return f"{self.by} で変えています（{'、'.join(self.what)}）: {self.why}"


@dataclass(slots=True, frozen=True)
class Words:
    """One entry for the lexicon called ``lexicon``: a pattern and why it belongs there.

    ``place`` is that of the pattern in the settings, ``named`` that of the lexicon's name.
    """

    lexicon: str
    form: str
    why: str
    place: Place = field(compare=False)
    named: Place = field(compare=False)
