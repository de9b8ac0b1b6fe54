"""What ships, the import contract, and the README's commands."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import flamecheck
from flamecheck.rules.load import packaged

ROOT = Path(__file__).parents[1]


def test_the_pack_is_found_and_the_package_is_typed() -> None:
    assert (packaged() / "policies" / "standard.yml").is_file()
    assert (Path(flamecheck.__file__).parent / "py.typed").is_file()


def test_the_version_is_the_one_of_the_metadata() -> None:
    assert f'version = "{flamecheck.__version__}"' in (ROOT / "pyproject.toml").read_text("utf-8")


def test_the_import_contract_holds() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_python_of_the_readme_runs() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    code = readme.split("```python\n")[1].split("```")[0].replace('packs=["my-rules"],', "packs=[],")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "koho 広報" in done.stdout


def test_everything_that_reads_in_two_languages_names_the_same_commands() -> None:
    for name in ("README.md", "README.ja.md"):
        text = (ROOT / name).read_text("utf-8")
        assert "flamecheck check examples/draft.txt" in text
        assert "python -m pytest" in text
