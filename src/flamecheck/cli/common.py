"""What several verbs need: a screener and a context from the arguments."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from flamecheck.context import Context
from flamecheck.screener import Screener

if TYPE_CHECKING:
    from flamecheck.policy.model import Tier

KEYS = ("posted_at", "post_type", "channel", "industry", "account", "paid", "crisis", "region")


def screener_of(arguments: argparse.Namespace) -> Screener:
    """Return the screener the arguments ask for; raises ValueError for a folder or a rule that does not exist."""
    packs = [Path(name) for name in arguments.rules]
    for pack in packs:
        if not pack.is_dir():
            raise ValueError(f"規則のフォルダーがありません: {pack}")
    return Screener(packs=packs, policy=getattr(arguments, "policy", "standard"), ignore=arguments.ignore)


def context_of(arguments: argparse.Namespace) -> Context:
    """Return the context given by options; raises InputError for a value outside its list."""
    values = {key: getattr(arguments, key) for key in KEYS}
    if values["paid"] in ("true", "false"):
        values["paid"] = values["paid"] == "true"
    return Context.of(values)


def fail_tier(arguments: argparse.Namespace, screener: Screener) -> Tier:
    """Return the tier from which on a verdict fails the run; raises ValueError for one the policy does not know."""
    try:
        return screener.policy.tier(arguments.fail_at)
    except KeyError as error:
        raise ValueError(f"--fail-at: {error.args[0]}") from None
