"""What YAML may say in the files below ``overlays/``: changes, by id, to what another pack says, each with its reason."""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

from pydantic import Discriminator, Field, Tag

from flamecheck.rules.conditionmodel import Sureness
from flamecheck.rules.model import Entries, ExamplesModel, ExceptionModel, Grade, Status, UnlessModel
from flamecheck.rules.strict import Strict, Text, Texts
from flamecheck.schema import TAG


class RuleOverlay(Strict):
    """Change one rule."""

    rule: Text
    why: Text
    off: bool = False
    severity: Grade | None = None
    confidence: Sureness | None = None
    status: Status | None = None
    message: Text | None = None
    affected: Text | None = None
    rewrite: Text | None = None
    unless: tuple[UnlessModel, ...] = ()
    adjust: tuple[UnlessModel, ...] = ()
    without: Texts = ()
    examples: ExamplesModel = ExamplesModel()


class LexiconOverlay(Strict):
    """Add entries to a lexicon, or switch off entries by id."""

    lexicon: Text
    why: Text
    add: Entries = ()
    without: Texts = ()


class GuardOverlay(Strict):
    """Add cases to a shared guard, asked after its own, or switch off cases by id."""

    guard: Text
    why: Text
    add: tuple[ExceptionModel, ...] = ()
    without: Texts = ()


class CalendarOverlay(Strict):
    """Switch off days of a calendar by id."""

    calendar: Text
    why: Text
    without: Annotated[Texts, Field(min_length=1)]


KINDS: dict[str, type[Strict]] = {
    "rule": RuleOverlay,
    "lexicon": LexiconOverlay,
    "guard": GuardOverlay,
    "calendar": CalendarOverlay,
}


def _kind(value: Any) -> str:
    if isinstance(value, dict):
        return TAG + next((kind for kind in KINDS if kind in value), "rule")
    return TAG + next((kind for kind, model in KINDS.items() if isinstance(value, model)), "rule")


OverlayModel: TypeAlias = Annotated[
    Annotated[RuleOverlay, Tag(TAG + "rule")]
    | Annotated[LexiconOverlay, Tag(TAG + "lexicon")]
    | Annotated[GuardOverlay, Tag(TAG + "guard")]
    | Annotated[CalendarOverlay, Tag(TAG + "calendar")],
    Discriminator(_kind),
]


class OverlaysModel(Strict):
    """One file of overlays, applied in order."""

    overlays: Annotated[tuple[OverlayModel, ...], Field(min_length=1)]
