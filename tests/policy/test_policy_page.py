"""The policy on the page about policies is one that loads."""

from __future__ import annotations

import re
from pathlib import Path

from flamecheck.grading import Severity
from flamecheck.policy.load import load_policy

PAGE = Path(__file__).parents[2] / "docs" / "policies.md"


def test_the_example_loads_and_hands_on_what_nobody_there_decides(tmp_path: Path) -> None:
    blocks = re.findall(r"```yaml\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    (tmp_path / "ours.yml").write_text(blocks[0], "utf-8")
    policy = load_policy(tmp_path / "ours.yml", [])
    assert len(blocks) == 1
    assert policy.present(policy.groups["legal"][Severity.HIGH].rank).id == "shacho"
