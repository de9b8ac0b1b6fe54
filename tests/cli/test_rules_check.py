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


def test_several_processes_find_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = {
        f"tone/{name}.yml": rule("(桃|栗|柿)を拾う~", "[⟦桃を拾った⟧]", status="test") for name in ("sample", "other")
    }
    files["tone/other.yml"] = files["tone/other.yml"].replace("tone/sample", "tone/other")
    pack(tmp_path, files)
    said = []
    for jobs in ("1", "2"):
        assert main(["rules", "check", str(tmp_path), "--verbose", "--jobs", jobs]) == 0
        said.append(capsys.readouterr())
    assert said[0] == said[1]
    assert said[0].err.count("FC605") == 4


def test_the_number_of_processes_is_a_number(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["rules", "check", "--jobs", "many"])
    assert "「many」は使えません" in capsys.readouterr().err
