"""The base of every model of a file: frozen, and an unknown key is an error."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

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


def _written_date(value: Any) -> Any:
    """Refuse what only looks like a date to a lenient reader, such as the seconds since 1970."""
    if isinstance(value, str) and not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise PydanticCustomError("date_written", "not a date")
    return value


WrittenDate: TypeAlias = Annotated[date, BeforeValidator(_written_date)]
