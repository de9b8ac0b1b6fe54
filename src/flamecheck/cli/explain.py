"""``flamecheck explain TEXT``: how one text was read, step by step."""

from __future__ import annotations

import argparse
import sys

from flamecheck.cli.common import context_of, screener_of
from flamecheck.inputs.files import decode


def run(arguments: argparse.Namespace) -> int:
    """Print every step of screening one text."""
    text = arguments.text
    if text == "-":
        text, _ = decode(sys.stdin.buffer.read())
    print(screener_of(arguments).explain(text, context=context_of(arguments)), end="")
    return 0
