"""A folder of labelled posts → cases.

``posts/<category>/*.jsonl`` hold risky and benign posts of one category, ``functional/*.jsonl`` minimal pairs,
``everyday/`` posts (``.jsonl``) and articles (``.md``) that nothing above low may be said of, and any other ``*.jsonl``
further posts.  A row has ``text``, in which ⟦ ⟧ may draw where a reader would point, and, where it matters, ``id``,
``context``, ``expect``, ``want``, ``level``, ``hard``, ``functionality``, ``pair``, ``disguise`` and ``note``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from flamecheck.context import Context
from flamecheck.corpus.model import LEVELS, Case
from flamecheck.document import Source, plain
from flamecheck.errors import InputError, did_you_mean
from flamecheck.grading import Severity
from flamecheck.inputs.markdown import read_markdown
from flamecheck.rules.examples import drawn

KEYS: Final = frozenset(
    {"id", "text", "context", "expect", "want", "level", "hard", "functionality", "disguise", "note", "pair"}
)
SEALED: Final = "sealed"
"""The folder of batches that nobody has opened yet; it is read only when it is asked for by itself."""
_GRADES: Final = {grade.label: grade for grade in Severity}


def read(folder: Path) -> tuple[Case, ...]:
    """Return every case below ``folder``, in the order of file names and lines.

    Raises InputError (code ``corpus``) with every problem of every file: broken JSON, unknown keys or values, an id
    twice in a batch, no case at all.
    """
    cases: list[Case] = []
    problems: list[str] = []
    for path in sorted(folder.rglob("*.jsonl")):
        if path.relative_to(folder).parts[0] == SEALED:
            continue
        seen: set[str] = set()
        for number, line in enumerate(path.read_text("utf-8-sig").splitlines(), start=1):
            if not line.strip():
                continue
            try:
                case = _case(json.loads(line), path.relative_to(folder).with_suffix("").as_posix(), number)
                if case.id in seen:
                    raise InputError("corpus", f"id「{case.id}」が二つあります")
                seen.add(case.id)
                cases.append(case)
            except (InputError, ValueError) as error:
                problems.append(f"{path}:{number}: {error}")
    for path in sorted(folder.glob("everyday/**/*.md")):
        name = path.relative_to(folder).as_posix()
        try:
            document = read_markdown(Source(path.name, path.read_text("utf-8-sig")))
            cases.append(Case(name, path.parent.relative_to(folder).as_posix(), document, silent_below=Severity.MEDIUM))
        except (InputError, ValueError) as error:
            problems.append(f"{path}: {error}")
    if not cases and not problems:
        problems.append(f"{folder}: ラベル付きの投稿（*.jsonl）がありません")
    if problems:
        raise InputError("corpus", "\n".join(problems))
    return tuple(cases)


def _case(row: Mapping[str, Any], batch: str, number: int) -> Case:
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise InputError("corpus", "text のある組を書いてください")
    for key in sorted(row.keys() - KEYS):
        raise InputError("corpus", f"キー「{key}」はありません。{did_you_mean(key, KEYS)}")
    name = f"{batch}#{row.get('id', number)}"
    expect = row.get("expect", [])
    if not isinstance(expect, list) or not all(isinstance(item, str) for item in expect):
        raise InputError("corpus", "expect には分類の id の一覧を書いてください")
    for key, known in (("want", _GRADES), ("level", LEVELS)):
        if key in row and row[key] not in known:
            raise InputError("corpus", f"{key} に「{row[key]}」は使えません。{did_you_mean(str(row[key]), known)}")
    text, spans, lonely = drawn(row["text"])
    if lonely is not None:
        raise InputError("corpus", "⟦ と ⟧ が対になっていません")
    if spans and not expect:
        raise InputError("corpus", "expect のない投稿に ⟦ ⟧ があります")
    return Case(
        id=name,
        batch=batch,
        document=plain(text, id=name, context=Context.of(row.get("context"))),
        expect=tuple(expect),
        want=_GRADES[row.get("want", "low")],
        level=row.get("level", "plain"),
        hard=bool(row.get("hard", False)),
        functionality=row.get("functionality", ""),
        disguise=row.get("disguise", ""),
        spans=spans,
        pair=str(row.get("pair", "")),
        silent_below=Severity.MEDIUM if batch.startswith("everyday/") else Severity.LOW,
    )


def batches(cases: tuple[Case, ...]) -> Iterator[tuple[str, tuple[Case, ...]]]:
    """Yield each batch with its cases, in order."""
    names = dict.fromkeys(case.batch for case in cases)
    for name in names:
        yield name, tuple(case for case in cases if case.batch == name)
