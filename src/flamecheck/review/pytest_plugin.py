"""Examples of rule files as pytest items, one item an example.

Opt-in: nothing is collected unless the ini option ``flamecheck_packs`` or ``--flamecheck-pack`` names folders, and then
only rule files below them.

    [tool.pytest.ini_options]
    flamecheck_packs = ["my-rules"]
    testpaths = ["tests", "my-rules"]
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from flamecheck.review.bench import Bench
    from flamecheck.review.trial import Trial

_BENCHES: pytest.StashKey[dict[Path, Bench]] = pytest.StashKey()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the two ways to name packs."""
    told = "flamecheck の規則集のフォルダー。その下の規則の例を、一つずつ試験にする"
    parser.addini("flamecheck_packs", told, type="paths", default=[])
    parser.getgroup("flamecheck").addoption(
        "--flamecheck-pack", action="append", default=[], metavar="DIR", help=f"{told}（何度でも）"
    )


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> RuleFile | None:
    """Collect a YAML file that lies below a named pack."""
    if file_path.suffix not in (".yml", ".yaml"):
        return None
    named = [*parent.config.getini("flamecheck_packs"), *parent.config.getoption("--flamecheck-pack")]
    for pack in named:
        folder = (parent.config.rootpath / pack).resolve()
        if file_path.resolve().is_relative_to(folder):
            found: RuleFile = RuleFile.from_parent(parent, path=file_path, pack=folder)
            return found
    return None


class RuleFile(pytest.File):
    """A YAML file of a pack; other files than rules hold no examples."""

    def __init__(self, *, pack: Path, **others: Any) -> None:
        """Keep the folder of the pack."""
        super().__init__(**others)
        self.pack = pack

    def collect(self) -> Iterator[ExampleItem]:
        """Yield an item for each example; a pack that does not load is an error of every file of it."""
        from flamecheck.errors import LoadError
        from flamecheck.review.trial import trials

        try:
            bench = self._bench()
        except LoadError as error:
            raise self.CollectError(str(error)) from None
        for rule in bench.pack.rules:
            if Path(rule.place.path).resolve() == self.path.resolve():
                for trial in trials(bench, rule):
                    yield ExampleItem.from_parent(self, name=f"{rule.id}::{trial.name}", trial=trial)

    def _bench(self) -> Bench:
        from flamecheck.review.bench import Bench
        from flamecheck.rules.load import load_pack
        from flamecheck.tokenizers.sudachi import SudachiTokenizer

        benches = self.config.stash.setdefault(_BENCHES, {})
        if self.pack not in benches:
            benches[self.pack] = Bench.of(load_pack([self.pack]), SudachiTokenizer())
        return benches[self.pack]


class ExampleFailed(Exception):  # noqa: N818 - 試験が落ちただけで、誤りではない
    """An example does not hold."""


class ExampleItem(pytest.Item):
    """One example."""

    def __init__(self, *, trial: Trial, **others: Any) -> None:
        """Keep the example and how it went."""
        super().__init__(**others)
        self.trial = trial

    def runtest(self) -> None:
        """Fail with what was found."""
        if self.trial.failure:
            raise ExampleFailed(self.trial.failure)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Return the drawn spans, wanted and found, and where the example stands."""
        if isinstance(excinfo.value, ExampleFailed):
            return f"{self.trial.example.place}: {self.trial.rule.id}\n{excinfo.value}"
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Return the file, the line and the name of the example."""
        return self.path, self.trial.example.place.line - 1, self.name
