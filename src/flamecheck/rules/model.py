"""What YAML may say in rule, lexicon and guard files; pydantic stays on this side of the loader."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Discriminator, Field, Tag

from flamecheck.document import REGIONS
from flamecheck.rules.categories import CATEGORIES
from flamecheck.rules.conditionmodel import ConditionModel, Sureness
from flamecheck.rules.disguisemodel import Asked
from flamecheck.rules.strict import Strict, Text, Texts, WrittenDate
from flamecheck.rules.whenmodel import WhenModel
from flamecheck.schema import TAG

STATUSES = ("experimental", "test", "stable", "deprecated")

Grade: TypeAlias = Literal["info", "low", "medium", "high", "critical"]
Status: TypeAlias = Literal[STATUSES]  # type: ignore[valid-type]


class GuardUse(Strict):
    """Ask for a shared guard by name."""

    guard: Text


class ExceptionModel(Strict):
    """A named reason to cancel, lower or raise a finding."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    match: ConditionModel | None = None
    when: WhenModel | None = None
    effect: Annotated[str, Field(pattern=r"^(cancel|(lower|raise) [1-4])$")] = "cancel"
    why: Text


def _use_kind(value: Any) -> str:
    is_guard = "guard" in value if isinstance(value, dict) else isinstance(value, GuardUse)
    return TAG + ("guard" if is_guard else "exception")


UnlessModel: TypeAlias = Annotated[
    Annotated[GuardUse, Tag(TAG + "guard")] | Annotated[ExceptionModel, Tag(TAG + "exception")],
    Discriminator(_use_kind),
]


class ExampleModel(Strict):
    """A text with drawn spans ⟦…⟧ (flag) or none (pass), and the context it is read in.

    ``each`` names lexicons: the text is read once for every entry.  ``severity`` is what the findings must have.
    """

    text: Text
    each: Texts = ()
    severity: Grade | None = None
    context: dict[str, str] = Field(default_factory=dict)
    region: Literal[REGIONS] | None = None  # type: ignore[valid-type]
    because: str = ""


def _example_kind(value: Any) -> str:
    return TAG + ("full" if isinstance(value, (dict, ExampleModel)) else "text")


Example: TypeAlias = Annotated[
    Annotated[Text, Tag(TAG + "text")] | Annotated[ExampleModel, Tag(TAG + "full")], Discriminator(_example_kind)
]


class ExamplesModel(Strict):
    """Texts a rule must flag, with exact spans, and texts it must not."""

    flag: tuple[Example, ...] = ()
    pass_: tuple[Example, ...] = Field(default=(), alias="pass")


class ReferenceModel(Strict):
    """A source a reader can look up."""

    title: Text
    url: str = ""
    retrieved: WrittenDate | None = None


class ValidModel(Strict):
    """The days on which a rule applies, both included; a post is judged by its own day."""

    from_: WrittenDate | None = Field(default=None, alias="from")
    to: WrittenDate | None = None


class RuleModel(Strict):
    """One rule file."""

    id: Text
    category: Literal[tuple(CATEGORIES)]  # type: ignore[valid-type]
    title: Text
    severity: Grade
    confidence: Sureness = "medium"
    status: Status = "test"
    valid: ValidModel = ValidModel()
    message: Text
    affected: Text
    rewrite: Text
    fix: dict[Text, Text] = Field(default_factory=dict)
    falsepositives: tuple[str, ...] = ()
    references: tuple[ReferenceModel, ...] = ()
    mask: bool = False
    split: Literal["A", "C"] = "C"
    requires: WhenModel | None = None
    match: ConditionModel
    unless: tuple[UnlessModel, ...] = ()
    adjust: tuple[UnlessModel, ...] = ()
    disguise: Asked | None = None
    examples: ExamplesModel = ExamplesModel()


class EntryModel(Strict):
    """One word of a lexicon with the sense that is meant and where it comes from."""

    form: Text
    id: str = ""
    sense: str = ""
    register_: str = Field(default="", alias="register")
    source: str = ""


def _entry_kind(value: Any) -> str:
    return TAG + ("full" if isinstance(value, (dict, EntryModel)) else "form")


Entries: TypeAlias = tuple[
    Annotated[
        Annotated[Text, Tag(TAG + "form")] | Annotated[EntryModel, Tag(TAG + "full")], Discriminator(_entry_kind)
    ],
    ...,
]


class LexiconModel(Strict):
    """A shared word class; ``sense`` and ``source`` hold for every entry that gives none of its own."""

    id: Text
    title: Text
    sense: Text
    source: Text
    split: Literal["A", "C"] = "C"
    entries: Annotated[Entries, Field(min_length=1)]


class GuardModel(Strict):
    """A shared guard: its cases are tried in order, and the first that holds acts."""

    id: Text
    title: Text
    cases: Annotated[tuple[ExceptionModel, ...], Field(min_length=1)]
