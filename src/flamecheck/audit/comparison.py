"""The comparison as a run asks for it: the old file, the new results, the file of changes, the summary."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace
from datetime import date
from pathlib import Path

from flamecheck.audit.change import Known
from flamecheck.audit.changesummary import Summary
from flamecheck.audit.compare import compare, post_rows, read_rows, rules_of
from flamecheck.audit.result import Results
from flamecheck.audit.storing import storing
from flamecheck.policy.model import Policy
from flamecheck.rules.rule import Pack
from flamecheck.wire import dump


def known_of(pack: Pack, policy: Policy, as_of: date | None = None, left_out: Container[str] = frozenset()) -> Known:
    """Return what the rules, their selection and the policy of the new run tell a comparison."""
    return Known(
        rules={rule.id: rule for rule in pack.rules},
        retired={gone.id: gone.why for gone in pack.retired.values()},
        as_of=as_of,
        left_out=left_out,
        tiers={tier.id: tier.rank for tier in policy.tiers},
    )


def write_changes(old: str | Path, results: Results, target: str, known: Known, folder: Path | None = None) -> Summary:
    """Compare the rows of the file ``old`` with ``results``, write a row for each change to ``target``, and count.

    The old file is read twice: which rules spoke in it is known only at its end.  ``folder`` holds an index while the
    orders differ.  Raises InputError (codes ``unreadable``, ``unwritable``).
    """
    known = replace(known, spoke=rules_of(read_rows(old)))
    summary = Summary()
    with storing(target) as file:
        for change in compare(read_rows(old), post_rows(results), known=known, summary=summary, folder=folder):
            file.write(dump(change.to_wire()).encode() + b"\n")
    return summary
