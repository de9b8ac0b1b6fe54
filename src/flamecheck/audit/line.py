"""One result as a line of the work file, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from typing import Any, Final

from flamecheck.audit.result import Post, Result
from flamecheck.wire import dump

_POST: Final = {item.name: item.default for item in fields(Post)}


def written(number: int, post: Mapping[str, Any], row: dict[str, Any], raw: str = "") -> bytes:
    """Return a line with its line end; ``raw`` is the record as read, for one that goes to the quarantine."""
    told = {name: value for name, value in post.items() if value != _POST[name]}
    line = {"number": number, "post": told, "row": row}
    if raw:
        line["raw"] = raw
    return dump(line).encode() + b"\n"


def result_of(line: bytes) -> Result:
    """Return the result of a line."""
    values = json.loads(line)
    return Result(values["number"], Post(**values["post"]), values["row"])


def raw_of(line: bytes) -> str:
    """Return the record of a line as it was read, "" for one that was screened."""
    raw: str = json.loads(line).get("raw", "")
    return raw


def repeated(
    line: bytes, number: int, post: Mapping[str, Any], row_id: str | int, extra: dict[str, Any]
) -> tuple[bytes, bool]:
    """Return the line of a post that the screening of ``line`` speaks for, and whether that one is in error.

    The line has its own place and columns and the same verdict; everything starred there is starred here.
    """
    values = json.loads(line)
    row = values["row"] | {"id": row_id}
    if "error" in row:
        row["error"]["line"] = post["number"]
        return written(number, post, row, values.get("raw", "")), True
    row["extra"] = extra
    text = values["post"].get("text", "")
    return written(number, {**post, "text": text, "same_as": values["number"]}, row), False
