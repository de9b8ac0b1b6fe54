"""What YAML may say under ``match``: conditions, inside each other; pydantic stays on this side of the loader."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, Discriminator, Field, Tag

from flamecheck.detectors.registry import DETECTORS
from flamecheck.document import REGIONS
from flamecheck.rules.strict import Strict, Text
from flamecheck.rules.whenmodel import WhenModel
from flamecheck.schema import TAG

DETECTOR_NAMES = tuple(DETECTORS)
GUARDS_WITHIN = ("clause", "sentence", "post")

Sureness: TypeAlias = Literal["low", "medium", "high"]
Scope: TypeAlias = Literal["sentence", "post"]
Reach: TypeAlias = Literal["clause", "sentence", "post"]


class PhraseModel(Strict):
    """A pattern with options; an ``id`` lets an overlay switch the branch off."""

    phrase: Text
    split: Literal["A", "C"] = "C"
    confidence: Sureness | None = None
    id: Annotated[str, Field(pattern=r"^([a-z0-9][a-z0-9-]*)?$")] = ""


class AnyModel(Strict):
    """Holds wherever one of the conditions holds."""

    any: Annotated[tuple[ConditionModel, ...], Field(min_length=1)]


class AllModel(Strict):
    """Holds where all conditions hold within one clause, sentence or post."""

    all: Annotated[tuple[ConditionModel, ...], Field(min_length=1)]
    within: Reach = "sentence"
    confidence: Sureness | None = None


class NotModel(Strict):
    """Holds where the condition does not, inside ``all``."""

    not_: ConditionModel = Field(alias="not")


class NearModel(Strict):
    """Holds for a match that has one of the conditions in its neighbourhood."""

    near: Annotated[tuple[ConditionModel, ...], Field(min_length=1)]
    within: str = Field(
        default="sentence", json_schema_extra={"pattern": r"^(clause|sentence|post|[1-9][0-9]? tokens?)$"}
    )


class DetectorModel(Strict):
    """A check no pattern can make, by name; ``sure`` asks for surer hits, the other keys are options of ``number``."""

    detector: Literal[DETECTOR_NAMES]  # type: ignore[valid-type]
    at_least: Text | None = None
    at_most: Text | None = None
    unit: tuple[Text, ...] = ()
    sure: Sureness = "low"


VIEWS = ("folded", "written", "reading", "dictionary", "normalized")
ENCLOSURES = ("quotation", "hashtag", *REGIONS)


class RegexModel(Strict):
    """A regular expression of the linear subset over a named view of the text."""

    regex: Text
    view: Literal[VIEWS] = "folded"  # type: ignore[valid-type]
    literals: tuple[Text, ...] = ()
    confidence: Sureness | None = None


def _word_kind(value: Any) -> str:
    return TAG + ("several" if isinstance(value, (list, tuple)) else "one")


Words: TypeAlias = Annotated[
    Annotated[Text, Tag(TAG + "one")]
    | Annotated[Annotated[tuple[Text, ...], Field(min_length=1)], Tag(TAG + "several")],
    Discriminator(_word_kind),
]


class FeaturesModel(Strict):
    """What one token is: every given key must fit, with one of its values."""

    surface: Words = ()
    dictionary: Words = ()
    normalized: Words = ()
    reading: Words = ()
    pos: Words = ()


class TokenModel(FeaturesModel):
    """One element of a token pattern; ``not`` names what the token must not be."""

    not_: FeaturesModel | None = Field(default=None, alias="not")
    repeat: Literal["?", "+", "*"] | None = None


class TokensModel(Strict):
    """A pattern over tokens, one element a token."""

    tokens: Annotated[tuple[TokenModel, ...], Field(min_length=1)]
    split: Literal["A", "C"] = "C"
    confidence: Sureness | None = None


class CountModel(Strict):
    """Holds where the conditions are met often enough, or not too often, in one sentence or one post."""

    count: Annotated[tuple[ConditionModel, ...], Field(min_length=1)]
    at_least: Annotated[int, Field(ge=1, le=1000)] = 1
    at_most: Annotated[int, Field(ge=1, le=1000)] | None = None
    distinct: bool = False
    within: Scope = "sentence"
    confidence: Sureness | None = None


class CueModel(Strict):
    """A weak cue: what it is, how much it weighs (against, when negative), and why."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    match: ConditionModel
    weight: Annotated[int, Field(ge=-10, le=10)]
    why: Text


class WeighModel(Strict):
    """Holds where the weights of the cues that are there reach the threshold."""

    weigh: Annotated[tuple[CueModel, ...], Field(min_length=1)]
    threshold: Annotated[int, Field(ge=1, le=100)]
    within: Scope = "sentence"
    confidence: Sureness | None = None


class WhenCondition(Strict):
    """A condition on the context, inside ``all``."""

    when: WhenModel


class AfterModel(Strict):
    """Holds for a match followed by one of the patterns: directly, or with ``within`` anywhere behind it."""

    after: Annotated[tuple[Text, ...], Field(min_length=1)]
    but_not: tuple[Text, ...] = ()
    within: Reach | None = None


class BeforeModel(Strict):
    """Holds for a match preceded by one of the patterns: directly, or with ``within`` anywhere before it."""

    before: Annotated[tuple[Text, ...], Field(min_length=1)]
    within: Reach | None = None


class InsideModel(Strict):
    """Holds for a match inside a quotation, a hashtag or a part of the page; ``after`` must follow its end."""

    inside: Literal[ENCLOSURES]  # type: ignore[valid-type]
    after: tuple[Text, ...] = ()
    but_not: tuple[Text, ...] = ()
    within: Reach | None = None


class PartOfModel(Strict):
    """Holds for a match that is a part, or the whole, of a match of one of the patterns."""

    part_of: Annotated[tuple[Text, ...], Field(min_length=1)]


CONDITIONS = (
    "phrase", "any", "all", "not", "near", "count", "weigh", "tokens", "detector", "regex", "when", "inside", "after",
    "before", "part_of",
)  # fmt: skip


def _kind(value: Any) -> str:
    if isinstance(value, dict):
        for key in CONDITIONS:
            if key in value:
                return TAG + key
        return TAG + "phrase"
    if isinstance(value, BaseModel):
        return TAG + next(iter(type(value).model_fields)).rstrip("_")
    return TAG + "pattern"


ConditionModel: TypeAlias = Annotated[
    Annotated[Text, Tag(TAG + "pattern")]
    | Annotated[PhraseModel, Tag(TAG + "phrase")]
    | Annotated[AnyModel, Tag(TAG + "any")]
    | Annotated[AllModel, Tag(TAG + "all")]
    | Annotated[NotModel, Tag(TAG + "not")]
    | Annotated[NearModel, Tag(TAG + "near")]
    | Annotated[CountModel, Tag(TAG + "count")]
    | Annotated[WeighModel, Tag(TAG + "weigh")]
    | Annotated[TokensModel, Tag(TAG + "tokens")]
    | Annotated[DetectorModel, Tag(TAG + "detector")]
    | Annotated[RegexModel, Tag(TAG + "regex")]
    | Annotated[WhenCondition, Tag(TAG + "when")]
    | Annotated[AfterModel, Tag(TAG + "after")]
    | Annotated[BeforeModel, Tag(TAG + "before")]
    | Annotated[InsideModel, Tag(TAG + "inside")]
    | Annotated[PartOfModel, Tag(TAG + "part_of")],
    Discriminator(_kind),
]
