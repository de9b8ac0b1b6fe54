"""``flamecheck rules check`` on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from packs import pack, rule

from flamecheck.cli.main import main


def test_without_coverage_only_the_examples_are_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pack(tmp_path, {"tone/sample.yml": rule("(桃|栗)を拾う~", "[⟦桃を拾った⟧]", status="test")})
    assert main(["rules", "check", str(tmp_path)]) == 0
    assert "FC605" in capsys.readouterr().err
    assert main(["rules", "check", "--no-coverage", str(tmp_path)]) == 0
    assert "FC605" not in capsys.readouterr().err
    pack(tmp_path, {"tone/sample.yml": rule("(桃|栗)を拾う~", "[⟦柿を拾った⟧]", status="test")})
    assert main(["rules", "check", "--no-coverage", str(tmp_path)]) == 2
    assert "FC601" in capsys.readouterr().err
