"""The base of every model of a file: frozen, and an unknown key is an error."""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

Text: TypeAlias = Annotated[str, Field(min_length=1)]


class Strict(BaseModel):
    """Base of every model: frozen, and an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


def one_or_many(item: Any) -> BeforeValidator:
    """Return a validator that takes one value for a list of one; the JSON Schema allows both."""
    return BeforeValidator(
        lambda value: (value,) if isinstance(value, str) else value, json_schema_input_type=item | tuple[item, ...]
    )


Texts: TypeAlias = Annotated[tuple[Text, ...], one_or_many(Text)]
