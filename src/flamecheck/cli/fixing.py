"""``check --diff`` and ``--fix``: show what a rule may rewrite without changing the meaning; write it when asked to."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from flamecheck.cli.main import ERRORS
from flamecheck.display import visible
from flamecheck.errors import InputError, said
from flamecheck.fixes import applied, diff, fixes
from flamecheck.outcome import Outcome, RuleNote
from flamecheck.saving import save

_ENCODINGS = ("utf-8", "utf-8-sig", "cp932", "euc_jp")


def fix(outcomes: Iterable[Outcome], rules: Mapping[str, RuleNote], *, write: bool, encoding: str | None = None) -> int:
    """Show a diff of each file that has rewrites and, with ``write``, make them; the status has 2 for a file that failed.

    A file is written whole or not at all, in the encoding, with the line ends and the byte order mark it has.
    """
    status = count = files = 0
    for outcome in outcomes:
        posts = [(post.document, post.verdict.report) for post in outcome.posts]
        edits = fixes(posts, lambda rule: rules[rule].fix if rule in rules else ())
        if not edits:
            continue
        print(_shown(diff(outcome.name, outcome.text, edits)), end="")
        try:
            if write:
                rewrite(Path(outcome.name), outcome.text, applied(outcome.text, edits).text, encoding=encoding)
        except InputError as error:
            print(f"{visible(outcome.name)}: {error.message}", file=sys.stderr)
            status |= ERRORS
            continue
        count, files = count + len(edits), files + 1
    if count:
        done = "書き換えました" if write else "書き換えられます（--fix で書き込みます）"
        print(f"{files} ファイルの {count} か所を{done}", file=sys.stderr)
    return status


def rewrite(path: Path, text: str, new: str, *, encoding: str | None = None) -> None:
    """Put ``new`` in the place of ``text``; raises InputError (code ``fix``), and then the file is what it was."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise InputError("fix", f"書き換えられません: {said(error)}") from None
    for name in ([encoding] if encoding else []) + list(_ENCODINGS):
        try:
            if raw.decode(name) == text and text.encode(name) == raw:
                save(path, new.encode(name))
                return
        except UnicodeError:
            continue
        except OSError as error:
            raise InputError("fix", f"書き換えられません: {said(error)}") from None
    raise InputError("fix", "書き換えません: 見た後で変わったか、同じ文字コードで書き戻せないファイルです")


def _shown(text: str) -> str:
    """Return a diff as it is for a program, and without anything a terminal would act on for a person."""
    if not sys.stdout.isatty():
        return text
    return "".join(f"{visible(line)}\n" for line in text.replace("\t", "    ").split("\n")[:-1])
