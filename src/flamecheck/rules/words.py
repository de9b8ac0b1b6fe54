"""Words that settings add to a lexicon: an overlay without a file of its own, applied after those of every pack."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Final

from flamecheck.errors import Place
from flamecheck.rules.provenance import PackInfo, Words
from flamecheck.yamlsource import Path_, YamlFile

OWNER: Final = "settings"
"""The id under which a report names such words among the packs."""


def info_of(words: Iterable[Words]) -> PackInfo:
    """Return the words as a pack; its fingerprint depends on the words alone."""
    said = "\n".join(f"{word.lexicon}\0{word.form}\0{word.why}" for word in words)
    return PackInfo(OWNER, "", "設定の語彙", hashlib.sha256(said.encode()).hexdigest()[:16], "")


def shelf_mark(words: tuple[Words, ...]) -> Iterator[tuple[str, str]]:
    """Yield what tells these words from others, also by their place, which stands in diagnostics."""
    for word in words[:1]:
        yield str(word.named), info_of(words).fingerprint


def words_file(words: Iterable[Words]) -> YamlFile:
    """Return a file of overlays, one for each run of words of one lexicon and one reason; its places are the settings'."""
    runs = [list(run) for _, run in groupby(words, key=lambda word: (word.lexicon, word.why))]
    data = [{"lexicon": run[0].lexicon, "why": run[0].why, "add": [word.form for word in run]} for run in runs]
    name = runs[0][0].named.path
    file = YamlFile(name, {"overlays": data}, Path(name).name)
    for number, run in enumerate(runs):
        file.places |= dict(_places(number, run))
    return file


def _places(number: int, run: list[Words]) -> Iterator[tuple[Path_, Place]]:
    yield ("overlays", number), run[0].named
    yield ("overlays", number, "lexicon"), run[0].named
    for index, word in enumerate(run):
        yield ("overlays", number, "add", index), word.place
