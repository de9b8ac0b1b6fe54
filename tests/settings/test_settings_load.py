"""Settings of a run and of a path."""

from __future__ import annotations

from pathlib import Path

import pytest
from writing import repository

from flamecheck.context import Context
from flamecheck.errors import LoadError
from flamecheck.grading import Severity
from flamecheck.rules.load import packaged
from flamecheck.settings.load import Loaded, load, names_of
from flamecheck.settings.values import Applied, Graded

FILE = """\
fail-at = "homu-somu"
ignore = ["timing/"]
exclude = ["drafts/"]
[context]
channel = "blog"
industry = "alcohol"
[severity]
"tone/insult" = "low"
[[overrides]]
paths = ["posts/**"]
fail-at = "peer"
context = { channel = "x" }
ignore = ["tone/insult"]
severity = { "tone/insult" = "high", "tone/punitive" = "info" }
[[overrides]]
paths = ["posts/recruit/**", "!posts/recruit/old/**"]
extend-select = ["timing/"]
context = { post_type = "recruiting" }
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(repository(tmp_path, {"flamecheck.toml": FILE}))
    return tmp_path


def at(folder: Path) -> Loaded:
    return load(here=folder, home=folder.parent)


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    for loaded in (load(here=repository(tmp_path, {})), load(here=tmp_path, search=False)):
        assert loaded.settings().applied("a.md") == Applied()
        assert (loaded.settings().root, loaded.settings().policy) == (tmp_path, "standard")


def test_no_config_looks_for_no_file(folder: Path) -> None:
    assert load(here=folder, search=False).settings().exclude == ()


def test_tables_with_paths_come_after_those_without_in_their_order(folder: Path) -> None:
    applied = at(folder).settings().applied
    assert applied("news/a.md").context == Context(channel="blog", industry="alcohol")
    assert applied("posts/a.md").context == Context(channel="x", industry="alcohol")
    recruit = applied("posts/recruit/a.md")
    assert recruit.context == Context(channel="x", industry="alcohol", post_type="recruiting")
    assert (recruit.fail_at, recruit.ignore, recruit.extend_select) == ("peer", ("tone/insult",), ("timing/",))
    assert applied("posts/recruit/old/a.md") == applied("posts/a.md")
    assert applied("news/a.md").fail_at == "homu-somu"


def test_a_severity_has_the_place_that_gives_it(folder: Path) -> None:
    assert at(folder).applied("news/a.md").severity == (Graded("tone/insult", Severity.LOW, "flamecheck.toml:8"),)
    assert at(folder).applied("posts/a.md").severity == (
        Graded("tone/insult", Severity.HIGH, "flamecheck.toml:14"),
        Graded("tone/punitive", Severity.INFO, "flamecheck.toml:14"),
    )


def test_paths_that_the_same_tables_reach_share_one_value(folder: Path) -> None:
    applied = at(folder).applied
    assert applied("posts/a.md") is applied("posts/b/c.md")
    assert len({hash(applied(path)) for path in ("a.md", "posts/a.md", "posts/recruit/a.md")}) == 3


def test_a_path_outside_the_root_has_what_holds_everywhere(folder: Path) -> None:
    assert at(folder).applied("/elsewhere/posts/a.md") == at(folder).applied("a.md")


def test_flags_come_last(folder: Path) -> None:
    flags = {
        "fail-at": [("shacho", "--fail-at")],
        "exclude": [("old/", "--exclude")],
        "select": [("tone/", "--select")],
        "extend-select": [("timing/", "--extend-select")],
        "context.channel": [("line", "--channel")],
    }
    loaded = load(here=folder, flags=flags)
    applied = loaded.applied("posts/a.md")
    assert (applied.fail_at, applied.select, applied.ignore) == ("shacho", ("tone/",), ("tone/insult",))
    assert loaded.settings().exclude == ("drafts/", "old/")
    assert loaded.told("posts/a.md")["context.channel"][-1].where == "--channel"
    assert applied.context.channel == "line"


def test_a_file_below_finds_the_settings_above(folder: Path) -> None:
    (folder / "posts").mkdir()
    loaded = load(here=folder / "posts")
    assert (loaded.root, loaded.file) == (folder, folder / "flamecheck.toml")


def test_a_named_file_goes_before_the_one_that_would_be_found(folder: Path) -> None:
    repository(folder, {"config/own.toml": 'exclude = ["own/"]\n'})
    settings = load(here=folder, config=folder / "config" / "own.toml").settings()
    assert (settings.exclude, settings.root) == (("own/",), folder)


def test_zero_findings_a_file_takes_a_cap_back(folder: Path) -> None:
    repository(
        folder, {"flamecheck.toml": 'extends = "base.toml"\nmax-per-file = 0\n', "base.toml": "max-per-file = 3\n"}
    )
    assert at(folder).settings().max_per_file is None


def test_names_are_told_where_they_are_written(folder: Path) -> None:
    text = (
        'fail-at = "kouho"\nignore = ["tone/", "tone/insutl"]\nallow = { words = "a", reason = "b", rules = "tnoe/" }\n'
    )
    repository(folder, {"flamecheck.toml": text + 'severity = { "tone/" = "low" }\n'})
    found = [(problem.code, problem.place.line, problem.place.column) for problem in names_of(at(folder))]
    assert found == [("FC707", 1, 11), ("FC705", 2, 20), ("FC705", 3, 46), ("FC705", 4, 14)]


def test_names_are_told_with_every_other_mistake(folder: Path) -> None:
    repository(
        folder, {"flamecheck.toml": 'fail_at = "koho"\nignore = ["tone/insutl"]\nlexicons = { "災外" = "火" }\n'}
    )
    with pytest.raises(LoadError) as caught:
        at(folder)
    assert [problem.code for problem in caught.value.diagnostics] == ["FC202", "FC433"]
    repository(folder, {"flamecheck.toml": 'fail_at = "koho"\nignore = ["tone/insutl"]\n'})
    with pytest.raises(LoadError) as caught:
        at(folder)
    assert [problem.code for problem in caught.value.diagnostics] == ["FC202", "FC705"]


def test_a_policy_without_the_usual_tier_asks_for_one(folder: Path) -> None:
    text = (packaged() / "policies" / "standard.yml").read_text("utf-8").replace("koho", "pr")
    repository(folder, {"own.yml": text, "flamecheck.toml": 'policy = "own.yml"\n'})
    assert [(problem.code, str(problem.place)) for problem in names_of(at(folder))] == [
        ("FC707", "fail-at（はじめの値）")
    ]
    repository(folder, {"flamecheck.toml": 'policy = "own.yml"\nfail-at = "pr"\n'})
    assert names_of(at(folder)) == []


def test_a_policy_that_no_pack_has(folder: Path) -> None:
    repository(folder, {"flamecheck.toml": 'policy = "strct"\n'})
    with pytest.raises(LoadError) as caught:
        at(folder)
    (problem,) = caught.value.diagnostics
    assert (problem.code, problem.help, str(problem.place)[-4:]) == ("FC702", "もしかして: strict", "1:10")
    with pytest.raises(LoadError, match="--policy"):
        load(here=folder, search=False, flags={"policy": [("strct", "--policy")]})


def test_a_retired_name_is_a_warning(folder: Path) -> None:
    pack = {"rules/pack.yml": "id: own\ntitle: 自社\nversion: 1.0.0\nextends: [flamecheck]\n"}
    retired = "retired:\n  - {id: tone/former, replaced_by: [tone/insult], why: 名前を変えた}\n"
    text = 'packs = ["rules"]\nignore = ["tone/former"]\n'
    repository(folder, {**pack, "rules/retired.yml": retired, "flamecheck.toml": text})
    assert [(problem.code, problem.level) for problem in names_of(at(folder))] == [("FC437", "warning")]
