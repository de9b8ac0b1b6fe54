"""What several verbs need: a screener and a context from the arguments."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from flamecheck.context import Context
from flamecheck.screener import Screener

if TYPE_CHECKING:
    from flamecheck.policy.model import Tier

KEYS = (
    "posted_at", "post_type", "channel", "industry", "account", "paid", "crisis", "region", "voice", "scheduled",
)  # fmt: skip


def screener_of(arguments: argparse.Namespace) -> Screener:
    """Return the screener the arguments ask for, after saying its warnings; raises ValueError for an unknown rule."""
    screener = Screener(
        packs=[Path(name) for name in arguments.rules],
        policy=getattr(arguments, "policy", "standard"),
        select=arguments.select,
        extend_select=arguments.extend_select,
        ignore=arguments.ignore,
        as_of=getattr(arguments, "as_of", None),
    )
    for warning in screener.warnings:
        print(warning.render() + "\n", file=sys.stderr)
    return screener


def context_of(arguments: argparse.Namespace) -> Context:
    """Return the context given by options; raises InputError for a value outside its list."""
    values = {key: getattr(arguments, key) for key in KEYS}
    for key in ("paid", "scheduled"):
        if values[key] in ("true", "false"):
            values[key] = values[key] == "true"
    return Context.of(values)


def fail_tier(arguments: argparse.Namespace, screener: Screener) -> Tier:
    """Return the tier from which on a verdict fails the run; raises ValueError for one the policy does not know."""
    try:
        return screener.policy.tier(arguments.fail_at)
    except KeyError as error:
        raise ValueError(f"--fail-at: {error.args[0]}") from None
