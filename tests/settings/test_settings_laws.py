"""Whatever a person writes, it is read or told at its place, and what was read applies."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from flamecheck.codes import catalog
from flamecheck.settings.files import files_under
from flamecheck.settings.keys import KEYS
from flamecheck.settings.load import Loaded
from flamecheck.settings.read import Chain

WORDS = st.sampled_from(
    [
        "",
        " ",
        "tone/",
        "tone/insult",
        "koho",
        "high",
        "*.md",
        "!a",
        "./x",
        "\\",
        "[",
        "x",
        "true",
        "2026-08-09",
        "𠮷",
        "a.b",
    ]
)
NAMES = st.sampled_from(
    [
        *KEYS,
        "paths",
        "words",
        "reason",
        "rules",
        "form",
        "post_type",
        "channel",
        "voice",
        "paid",
        "posted_at",
        "𠮷",
        "fail_at",
    ]
)
VALUES: Any = st.recursive(
    WORDS | st.integers(-1, 3) | st.booleans() | st.floats(allow_nan=False, allow_infinity=False, width=16),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=6,
)
SETTINGS = st.dictionaries(st.sampled_from([*KEYS, "𠮷"]), VALUES, max_size=5)


def toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(key)} = {toml(item)}" for key, item in value.items()) + " }"
    return "[" + ", ".join(map(toml, value)) + "]" if isinstance(value, list) else json.dumps(value, ensure_ascii=False)


@given(SETTINGS)
def test_anything_is_read_or_told(tmp_path_factory: Any, data: dict[str, Any]) -> None:
    file: Path = tmp_path_factory.getbasetemp() / "laws.toml"
    lines = [f"{json.dumps(key)} = {toml(value)}" for key, value in data.items()]
    file.write_text("\n".join(lines) + "\n", "utf-8")
    chain = Chain()
    chain.add(file)
    for problem in chain.problems:
        assert problem.code in catalog()
        assert problem.place.source == lines[problem.place.line - 1]
        assert problem.place.column <= len(problem.place.source)
        assert problem.render()
    loaded = Loaded(file.parent, tuple(chain.steps))
    settings = loaded.settings()
    assert {settings.applied(path) for path in ("a.md", "x", "posts/a.md")}
    assert all(asked.name for asked in settings.asked)
    assert files_under([], settings, prose=(), data=()) == []
    if not chain.problems:
        said = {key.partition(".")[0] for step in chain.steps for key in step.entries}
        given_ = {key for key, value in data.items() if value != {} or key not in ("context", "severity")}
        assert given_ - said <= {"extends", "overrides"}
