"""The plain files of the page put together: the style and the script stand in it whole, named by their hashes."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from importlib.resources import files
from string import Template
from typing import Final

POSTS: Final = "<!-- posts -->"
"""Where the posts go, one by one, when everything before has been written."""


def _file(name: str) -> str:
    return (files("flamecheck.audit.outputs.page") / name).read_text("utf-8")


def digest(text: str) -> str:
    """Return the hash of a style sheet or script as a content security policy names it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def policy(style: str, script: str) -> str:
    """Return the content security policy: nothing is fetched and nothing runs but these two texts."""
    return (
        f"default-src 'none'; style-src {digest(style)}; script-src {digest(script)}; "
        "base-uri 'none'; form-action 'none'"
    )


def halves(values: Mapping[str, str]) -> tuple[str, str]:
    """Return the page before and behind the posts; ``values`` are HTML, one for every name of the template.

    Raises KeyError for a name that has no value.
    """
    style, script = _file("page.css"), _file("page.js")
    before, behind = _file("page.html").split(POSTS)
    everything = {**values, "policy": policy(style, script), "style": style, "script": script}
    return Template(before).substitute(everything), Template(behind).substitute(everything)
