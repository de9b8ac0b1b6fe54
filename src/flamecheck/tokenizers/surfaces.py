"""Every spelling in which an inflecting word can stand in a text: what lets ``X~`` promise characters.

``儲かる~`` holds on tokens whose dictionary or normalised form is 儲かる, and those stand in the text as 儲から, もうかっ,
儲けりゃ and thirty more.  The dictionary lists them all, so one walk over its entries gives, for every verb, adjective
and auxiliary, the shortest spellings of which one occurs wherever the word does.  A word the dictionary does not know
has its own spelling as its forms, and joined numerals never have the form of an inflecting word; so the promise is
exact, and a test holds it against real text.

The walk takes some seconds, so its result ships with the package for the dictionary that is current at release, and is
made once into the user's cache for another one.  Findings never depend on it: without an index ``X~`` promises nothing.
"""

from __future__ import annotations

import logging
import os
import tempfile
import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from flamecheck.normalize import fold

INFLECTING: Final = frozenset({"動詞", "形容詞", "助動詞"})
_LOG: Final = logging.getLogger(__name__)


def index_of(dictionary: Any, version: str) -> Mapping[str, tuple[str, ...]]:
    """Return the index for a dictionary: shipped, from the cache, or made now and put there."""
    name = version.replace(" ", "-") + ".z"
    shipped = files("flamecheck.tokenizers") / "surfaces" / name
    if shipped.is_file():
        return loads(shipped.read_bytes())
    path = cache_folder() / "surfaces" / name
    try:
        return loads(path.read_bytes())
    except (OSError, ValueError, zlib.error):
        _LOG.info("%s の活用形の索引を作ります（初回だけ、数秒かかります）", version)
    index = walk(dictionary)
    _write(path, dumps(index))
    return index


def walk(dictionary: Any) -> dict[str, tuple[str, ...]]:
    """Return, for each form of an inflecting word, the shortest spellings of which every spelling holds one."""
    found: dict[str, set[str]] = defaultdict(set)
    others: dict[str, set[str]] = defaultdict(set)
    for entry in dictionary.entries():
        into = found if entry.part_of_speech()[0] in INFLECTING else others
        surface = entry.surface()
        into[entry.dictionary_form()].add(surface)
        into[entry.normalized_form()].add(surface)
    # 名詞や副詞でも、活用する語と同じ正規化形をもつ見出しは、その語として当たる。
    return {form: shortest({fold(s).text for s in words | others.get(form, set())}) for form, words in found.items()}


def shortest(words: Iterable[str]) -> tuple[str, ...]:
    """Return the words that hold no other of them, in order."""
    kept: list[str] = []
    for word in sorted(words, key=lambda word: (len(word), word)):
        if not any(shorter in word for shorter in kept):
            kept.append(word)
    return tuple(sorted(kept))


def dumps(index: Mapping[str, tuple[str, ...]]) -> bytes:
    """Return the index as compressed lines of a form, a tab, and spellings with tabs between them."""
    lines = ("\t".join((form, *index[form])) for form in sorted(index))
    return zlib.compress("\n".join(lines).encode(), 9)


def loads(data: bytes) -> dict[str, tuple[str, ...]]:
    """Return the index; raises ValueError or zlib.error for data that is none."""
    rows = (line.split("\t") for line in zlib.decompress(data).decode().split("\n"))
    return {row[0]: tuple(row[1:]) for row in rows}


def cache_folder() -> Path:
    """Return the user's cache folder of this program, by the XDG rule, or its place on Windows."""
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(base) if base else Path.home() / ".cache") / "flamecheck"


def _write(path: Path, data: bytes) -> None:
    """Write the file whole or not at all; a cache that cannot be written is done without."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as part:
            part.write(data)
        Path(part.name).replace(path)
    except OSError as error:
        _LOG.info("索引を %s に置けません: %s", path, error)
