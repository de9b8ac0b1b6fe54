"""What YAML may say about a pack as a whole: ``pack.yml`` and ``retired.yml``."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import Field

from flamecheck.rules.strict import Strict, Text

PackId: TypeAlias = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]


class PackModel(Strict):
    """Who a pack is, which versions it works with, and which packs it stands on."""

    id: PackId
    title: Text
    version: Text
    requires: dict[str, Text] = Field(default_factory=dict)
    extends: tuple[Text, ...] = ()
    maintainer: str = ""
    licence: str = ""


class RetiredIdModel(Strict):
    """A rule id that once was, and what to write instead."""

    id: Text
    replaced_by: tuple[Text, ...] = ()
    since: str = ""
    why: Text


class RetiredModel(Strict):
    """All ids a pack has retired."""

    retired: tuple[RetiredIdModel, ...] = ()
