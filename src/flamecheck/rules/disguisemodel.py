"""What YAML may say in a disguise profile, and in the ``disguise`` of a rule."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal, TypeAlias

from pydantic import Discriminator, Field, Tag

from flamecheck.rules.strict import Strict, Text
from flamecheck.schema import TAG

Grade: TypeAlias = Literal["info", "low", "medium", "high", "critical"]
READ_FROM_TEXT: Final = (
    "mask", "space", "separator", "lengthen", "repeat", "kana", "decoration", "markup", "script", "vertical",
)  # fmt: skip
"""Techniques that are undone in the text itself and need no list of spellings."""

Where: TypeAlias = Literal["anywhere", "start", "lead"]


class UnitModel(Strict):
    """Ways to write a part of a word: each of ``write`` stands for ``for``."""

    for_: Text = Field(alias="for")
    write: Annotated[tuple[Text, ...], Field(min_length=1)]
    where: Where | None = None


class TechniqueModel(Strict):
    """One way to disguise words, why it is seen through, and innocent texts that look alike."""

    id: Annotated[str, Field(pattern=r"^[a-z]+(-[a-z]+)*$")]
    label: Text
    why: Text
    source: Text
    benign: Annotated[tuple[Text, ...], Field(min_length=1)]
    where: Where = "anywhere"
    short: Where | None = None
    exact: bool = False
    not_before: tuple[Text, ...] = ()
    units: tuple[UnitModel, ...] = ()


class ProfileModel(Strict):
    """One profile: techniques in the order in which findings name them."""

    id: Text
    title: Text
    least: Grade = "high"
    leads: tuple[Text, ...] = ()
    techniques: Annotated[tuple[TechniqueModel, ...], Field(min_length=1)]


class DisguiseModel(Strict):
    """The words whose disguised spellings count, and the profile that says how to see through them."""

    profile: Text
    words: tuple[Text, ...] = ()


def _asked_kind(value: Any) -> str:
    return TAG + ("full" if isinstance(value, (dict, DisguiseModel)) else "name")


Asked: TypeAlias = Annotated[
    Annotated[Text, Tag(TAG + "name")] | Annotated[DisguiseModel, Tag(TAG + "full")], Discriminator(_asked_kind)
]
