"""docs/exceptions.md names what the public functions raise, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from error_pages import over_sample

import flamecheck
from flamecheck import Context, FlamecheckError, InputError, LoadError, Screener
from flamecheck.document import plain

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "exceptions.md").read_text("utf-8")


def test_every_code_of_an_input_error_is_on_the_page() -> None:
    codes = PAGE.split("## Codes of `InputError`")[1]
    told = set(re.findall(r"`([a-z]+(?:-[a-z]+)*)`", codes))
    source = "".join(path.read_text("utf-8") for path in (ROOT / "src").rglob("*.py"))
    assert told == set(re.findall(r'InputError\(\s*"([a-z-]+)"', source))


def test_every_public_exception_is_on_the_page() -> None:
    for name in flamecheck.__all__:
        value = getattr(flamecheck, name)
        if isinstance(value, type) and issubclass(value, Exception):
            assert f"| `{name}` |" in PAGE
            assert issubclass(value, FlamecheckError)


def test_a_pack_with_an_error_is_a_load_error_with_all_of_them(tmp_path: Path) -> None:
    (tmp_path / "tone").mkdir()
    (tmp_path / "tone" / "sample.yml").write_text(over_sample("tone/sample.yml", "severity: x\nstatus: y"), "utf-8")
    with pytest.raises(LoadError) as caught:
        Screener(packs=[tmp_path])
    assert [d.code for d in caught.value.diagnostics] == ["FC205", "FC205"]
    assert caught.value.code == "load"


def test_the_mistakes_of_a_caller_are_value_and_type_errors() -> None:
    with pytest.raises(ValueError, match="もしかして: standard"):
        Screener(policy="standart")
    screener = Screener.default()
    with pytest.raises(ValueError, match="tone/none"):
        screener.screen("文", ignore=["tone/none"])
    with pytest.raises(TypeError):
        screener.screen(plain("文"), context={"crisis": "none"})


def test_a_context_that_cannot_be_is_an_input_error() -> None:
    for values, code in (({"mood": "x"}, "context-key"), ({"crisis": "x"}, "context-value")):
        for call in (
            lambda v: Screener.default().screen("文", context=v),
            lambda v: flamecheck.screen("文", **v),
            Context.of,
        ):
            with pytest.raises(InputError) as caught:
                call(values)
            assert caught.value.code == code
