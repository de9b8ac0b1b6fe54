"""What ships."""

from __future__ import annotations

import tomllib
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

import flamecheck
from flamecheck.rules.load import packaged

ROOT = Path(__file__).parents[1]


def test_the_pack_is_found_and_the_package_is_typed() -> None:
    assert (packaged() / "policies" / "standard.yml").is_file()
    assert (packaged() / "rule.schema.json").is_file()
    assert (Path(flamecheck.__file__).parent / "py.typed").is_file()


def test_the_files_of_the_report_lie_in_the_package() -> None:
    folder = files("flamecheck.audit.outputs.page")
    for name in ("page.html", "page.css", "page.js"):
        assert folder.joinpath(name).is_file()


def test_the_checkout_uses_its_own_rules() -> None:
    assert packaged() == ROOT / "rules"


def test_the_version_is_the_one_of_the_metadata() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["version"] == flamecheck.__version__ == version("flamecheck")
    assert project["version"] in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_the_licence_is_whole_and_named() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["license"] == "Apache-2.0"
    licence = (ROOT / "LICENSE").read_text("utf-8")
    assert "Apache License" in licence
    assert "END OF TERMS AND CONDITIONS" in licence
    for name in project["license-files"]:
        assert (ROOT / name).is_file()
