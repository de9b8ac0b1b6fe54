"""The forms a run can be told in, by name, and where each goes; the module of one is loaded when it is asked for."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final, NamedTuple, TextIO

from flamecheck.messages import LANGUAGES

if TYPE_CHECKING:
    from flamecheck.outcome import Run
    from flamecheck.shown import Options

FORMATS: Final = {
    "text": ("terminal", "render"),
    "concise": ("concise", "render"),
    "json": ("json", "render"),
    "jsonl": ("json", "render_lines"),
    "sarif": ("sarif", "render"),
    "github": ("github", "render"),
    "junit": ("junit", "render"),
    "rdjson": ("rdjson", "render"),
    "markdown": ("markdown", "render"),
}
"""Name → module of ``outputs`` and its function."""
PEOPLE: Final = ("text", "concise")
"""The forms that tell people of files in error; beside any other on standard output, standard error must."""


class Target(NamedTuple):
    """A file to write; ``form`` is None for the form of ``--format``."""

    form: str | None
    path: str


def renderer(form: str) -> Callable[[Run, Options], str]:
    """Return the function that tells a run in ``form``."""
    module, name = FORMATS[form]
    function: Callable[[Run, Options], str] = getattr(importlib.import_module(f"flamecheck.outputs.{module}"), name)
    return function


def add(verb: argparse.ArgumentParser) -> None:
    """Add the options that say how a run is told."""
    verb.add_argument("--format", choices=tuple(FORMATS), default="text", help="出力の形")
    verb.add_argument(
        "--output", action="append", default=[], type=_target, metavar="[FORM=]FILE",
        help="書き出す先。sarif=out.sarif のように書くと、画面とは別にその形でも書く（何度でも）",
    )  # fmt: skip
    verb.add_argument("--verbose", action="store_true", help="抑えた指摘と、ガードが取り下げたものも見せる")
    verb.add_argument("--quiet", action="store_true", help="終了コードを 1 にする投稿と誤りだけを見せる")
    verb.add_argument("--statistics", action="store_true", help="規則・分類・重さ・段階ごとの数も見せる")
    verb.add_argument("--lang", choices=LANGUAGES, default="ja", help="見出しや案内の言葉（規則の文は日本語のまま）")
    verb.add_argument(
        "--rule-pages", default="", metavar="URL", help="rules doc を置いた所（リンクの先。{id} も使える）"
    )


def _target(text: str) -> Target:
    form, equals, path = text.partition("=")
    if not equals:
        return Target(None, text)
    if form in FORMATS and path:
        return Target(form, path)
    if "/" in form or os.sep in form:
        return Target(None, text)
    from flamecheck.errors import did_you_mean

    hint = did_you_mean(form, FORMATS) if path else "ファイル名を書いてください"
    raise argparse.ArgumentTypeError(f"出力の形「{form}」は使えません。{hint}（名前に = のあるファイルは ./ から書く）")


def options_of(
    arguments: argparse.Namespace,
    stream: TextIO,
    environ: Mapping[str, str] = os.environ,
    *,
    max_per_file: int | None = None,
) -> Options:
    """Return what was asked, for what goes to ``stream``; ``max_per_file`` is the cap of the settings."""
    from flamecheck.shown import Options

    colour, links = dressed(stream, environ)
    return Options(
        verbose=arguments.verbose, quiet=arguments.quiet, statistics=arguments.statistics, max_per_file=max_per_file or None,
        lang=arguments.lang, colour=colour, links=links, pages=arguments.rule_pages,
    )  # fmt: skip


def dressed(stream: TextIO, environ: Mapping[str, str]) -> tuple[bool, bool]:
    """Return whether ``stream`` takes colours and links: a terminal does, ``NO_COLOR`` and ``FORCE_COLOR`` go before.

    Links are only for terminals, and never for one that shows their marks (``dumb``, the Linux console).
    """
    terminal = stream.isatty() and environ.get("TERM") != "dumb"
    colour = not environ.get("NO_COLOR") and (terminal or bool(environ.get("FORCE_COLOR")))
    return colour, terminal and colour and environ.get("TERM") != "linux"


def tell(run: Run, arguments: argparse.Namespace, *, max_per_file: int | None = None) -> None:
    """Write the run to standard output in ``--format``, and to every ``--output``.

    A plain ``--output FILE`` takes the place of standard output.  Raises InputError (code ``unwritable``).
    """
    from dataclasses import replace

    from flamecheck.cli.writing import writing
    from flamecheck.display import visible

    options = options_of(arguments, sys.stdout, max_per_file=max_per_file)
    plain = replace(options, colour=False, links=False)
    files = [(target.form or arguments.format, target.path) for target in arguments.output]
    if all(target.form for target in arguments.output):
        sys.stdout.write(renderer(arguments.format)(run, options))
    if arguments.format not in PEOPLE:
        for outcome in run.outcomes:
            if outcome.note:
                print(f"{visible(outcome.name)}: {outcome.note}", file=sys.stderr)
            if outcome.error is not None:
                print(f"{visible(outcome.name)}: {visible(outcome.error.message)}", file=sys.stderr)
    for form, path in files:
        text = renderer(form)(run, plain)
        with writing(path) as out:
            out.write(text)
