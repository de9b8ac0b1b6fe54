"""``flamecheck check PATH… | -``: read drafts before they are published."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from flamecheck.cli.common import context_of, fail_tier, screener_of
from flamecheck.cli.formats import tell
from flamecheck.cli.main import ERRORS, FLAGGED
from flamecheck.context import Context
from flamecheck.display import visible
from flamecheck.document import Document, Source, plain
from flamecheck.errors import InputError
from flamecheck.inputs.files import MARKDOWN, decode, expand, read_text
from flamecheck.outcome import Outcome, Run, Screened

if TYPE_CHECKING:
    from flamecheck.policy.model import Verdict
    from flamecheck.screener import Screener


def run(arguments: argparse.Namespace) -> int:
    """Screen every file; a broken one is an error about that file, and the run goes on."""
    context = context_of(arguments)
    screener = screener_of(arguments)
    limit = fail_tier(arguments, screener)
    outcomes = []
    for name, loaded in _texts(arguments):
        try:
            if isinstance(loaded, InputError):
                raise loaded
            document = _document(name, loaded, context)
            verdict = _screened(screener, document)
        except InputError as error:
            outcomes.append(Outcome(name, error=error))
        else:
            failing = verdict.tier.rank >= limit.rank
            outcomes.append(Outcome(name, loaded, (Screened(document, verdict, failing, limit.rank),)))
    tell(Run(tuple(outcomes), screener.policy), arguments, max_per_file=arguments.max_per_file)
    flagged = any(post.failing for outcome in outcomes for post in outcome.posts) and not arguments.report_only
    return FLAGGED * flagged | ERRORS * any(outcome.error for outcome in outcomes)


def _document(name: str, text: str, context: Context) -> Document:
    """Return the draft in the format its name says; an error of ours in reading one is an InputError about it."""
    if not name.lower().endswith(MARKDOWN):
        return plain(text, name=name, context=context)
    from flamecheck.inputs.markdown import read_markdown

    with _told_as_input_error():
        return read_markdown(Source(name, text, "markdown"), context=context)


def _screened(screener: Screener, document: Document) -> Verdict:
    """Return the verdict; any other failure is an InputError about this draft, without its text."""
    with _told_as_input_error():
        return screener.screen(document)


@contextmanager
def _told_as_input_error() -> Iterator[None]:
    try:
        yield
    except InputError:
        raise
    except Exception as error:
        message = f"内部の誤りで見られませんでした: {type(error).__name__}"
        raise InputError("internal", message) from None


def _texts(arguments: argparse.Namespace) -> Iterator[tuple[str, str | InputError]]:
    """Yield the name and the text of every input, or the error in its place."""
    for name in arguments.paths:
        if name == "-":
            yield "<stdin>", _said("<stdin>", lambda: decode(sys.stdin.buffer.read(), encoding=arguments.encoding))
            continue
        files = expand([name])
        if not files:
            print(f"{name}: 見るファイル（.md .mdx .txt）がありません", file=sys.stderr)
        for path in files:
            yield str(path), _said(str(path), partial(read_text, path, encoding=arguments.encoding))


def _said(name: str, read: Callable[[], tuple[str, str]]) -> str | InputError:
    """Return the text ``read`` gives, after printing its note; an InputError is returned, not raised."""
    try:
        text, note = read()
    except InputError as error:
        return error
    if note:
        print(f"{visible(name)}: {note}", file=sys.stderr)
    return text
