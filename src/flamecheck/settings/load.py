"""Files and flags → settings of a run; what holds for one path is made when it is asked for, once for each kind of path."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from flamecheck.context import Context
from flamecheck.errors import Diagnostic, LoadError, Place, did_you_mean
from flamecheck.settings.find import nearest, root_of
from flamecheck.settings.read import Chain
from flamecheck.settings.steps import FLAG, Said, Step, fold
from flamecheck.settings.values import Applied, Asked, Graded, Settings

DEFAULTS: Final[Mapping[str, Any]] = {"policy": "standard", "fail-at": "koho"}


@dataclass(slots=True)
class Loaded:
    """Everything that was said, in the order in which it counts; ``file`` is the settings file (None without one)."""

    root: Path
    steps: tuple[Step, ...] = ()
    file: Path | None = None
    warnings: tuple[Diagnostic, ...] = ()
    _made: dict[tuple[int, ...], Applied] = field(default_factory=dict)

    def told(self, path: str | None = None) -> dict[str, tuple[Said, ...]]:
        """Return what holds for ``path`` as seen from the root, or for the whole run, and who says it."""
        return fold(step for step in self.steps if not step.paths or (path is not None and step.reaches(path)))

    def applied(self, path: str) -> Applied:
        """Return what holds for ``path`` as seen from the root; the same value for paths that the same tables reach."""
        reached = tuple(number for number, step in enumerate(self.steps) if step.reaches(path))
        if reached not in self._made:
            self._made[reached] = _applied(fold(self.steps[number] for number in reached))
        return self._made[reached]

    def settings(self) -> Settings:
        """Return the settings of the run."""
        told = self.told()
        one = {key: said[-1].value for key, said in told.items() if said}
        return Settings(
            self.root,
            packs=_all(told, "packs"),
            policy=one.get("policy", DEFAULTS["policy"]),
            baseline=one.get("baseline"),
            include=_all(told, "include"),
            exclude=_all(told, "exclude"),
            max_per_file=one.get("max-per-file") or None,
            report_only=one.get("report-only", False),
            force_exclude=one.get("force-exclude", False),
            words=_all(told, "lexicons"),
            asked=tuple(self.asked()),
            warnings=self.warnings,
            applied=self.applied,
        )

    def asked(self) -> Iterator[Asked]:
        """Yield every name that the rules or the policy must know, also where a later table takes its place."""
        if not any("fail-at" in step.entries for step in self.steps if not step.paths):
            yield Asked("tier", DEFAULTS["fail-at"], Place("fail-at（はじめの値）", 0, 0))
        for step in self.steps:
            for key, values in step.entries.items():
                name = key.partition(".")[2]
                for said in values:
                    if key in ("select", "extend-select", "ignore"):
                        yield Asked("selector", said.value, said.place)
                    elif key == "fail-at":
                        yield Asked("tier", said.value, said.place)
                    elif key == "allow":
                        yield from (Asked("selector", rule.value, rule.place) for rule in said.parts)
                    elif name and key.startswith("severity."):
                        yield Asked("rule", name, said.place)


def load(
    *,
    config: Path | None = None,
    search: bool = True,
    here: Path | None = None,
    home: Path | None = None,
    flags: Mapping[str, Iterable[Any]] | None = None,
) -> Loaded:
    """Return the settings of ``config``, or of the file found above ``here`` (the working directory) if ``search``.

    ``flags`` are values of keys as the settings have them, already checked, with the flag that gives each
    (``{"fail-at": [("koho", "--fail-at")]}``); they come last.  Raises LoadError with every problem of every file; one
    of the rules or the policy they ask for is told with them.
    """
    here = (here or Path.cwd()).resolve()
    file, warnings = (config, ()) if config else nearest(here, home or _home()) if search else (None, ())
    chain = Chain()
    if file:
        chain.add(file)
    root = here if file is None else root_of(file, here) if config else file.resolve().parent
    loaded = Loaded(root, (*chain.steps, *_flagged(flags or {})), file, warnings)
    problems = [*chain.problems, *_policy(loaded)]
    if problems:
        # 規則や方針を読まなければ分からない誤りも、どうせ止まるなら一度に言う。
        unknown = names_of(loaded) if not any(problem.code == "FC702" for problem in problems) else []
        raise LoadError([*problems, *unknown, *warnings])
    return loaded


def _policy(loaded: Loaded) -> Iterator[Diagnostic]:
    """Yield an error for a policy that no pack has (FC702)."""
    told = loaded.told()
    said = told.get("policy", ())[-1:]
    if not said or Path(said[0].value).suffix in (".yml", ".yaml"):
        return
    from flamecheck.rules.shipped import packaged

    folders = [packaged(), *(pack.value for pack in told.get("packs", ()))]
    known = {file.stem for folder in folders for file in (folder / "policies").glob("*.yml")}
    if said[0].value not in known:
        message = f"方針「{said[0].value}」はありません"
        yield Diagnostic("FC702", said[0].place, message, did_you_mean(said[0].value, known))


def names_of(loaded: Loaded) -> list[Diagnostic]:
    """Return every name in the settings that the rules or the policy do not know; loads both, so this takes a second.

    What is wrong with the rules or the policy themselves is told with it.
    """
    from flamecheck.policy.load import load_policy
    from flamecheck.rules.load import load_pack, packaged
    from flamecheck.settings.names import mistaken

    settings = loaded.settings()
    folders = [packaged(), *settings.packs]
    try:
        pack = load_pack(folders, settings.words)
        policy = load_policy(settings.policy, [folder / "policies" for folder in folders])
    except LoadError as error:
        return list(error.diagnostics)
    return mistaken(settings.asked, {rule.id for rule in pack.rules}, pack.retired, policy)


def _flagged(flags: Mapping[str, Iterable[Any]]) -> Iterator[Step]:
    entries = {key: tuple(Said(value, Place(flag, 0, 0)) for value, flag in given) for key, given in flags.items()}
    if entries:
        yield Step(entries, place=Place(FLAG, 0, 0))


def _applied(told: Mapping[str, tuple[Said, ...]]) -> Applied:
    fail_at = told.get("fail-at")
    return Applied(
        context=_context(told),
        fail_at=fail_at[-1].value if fail_at else DEFAULTS["fail-at"],
        select=_all(told, "select"),
        extend_select=_all(told, "extend-select"),
        ignore=_all(told, "ignore"),
        severity=tuple(
            Graded(key.partition(".")[2], said.value, said.where)
            for key, values in told.items()
            if key.startswith("severity.")
            for said in values[-1:]
        ),
        allow=_all(told, "allow"),
        fields=_all(told, "fields"),
    )


def _context(told: Mapping[str, tuple[Said, ...]]) -> Context:
    values = {key.partition(".")[2]: said[-1] for key, said in told.items() if key.startswith("context.") and said}
    return Context.of({key: said.value for key, said in values.items()})


def _all(told: Mapping[str, tuple[Said, ...]], key: str) -> tuple[Any, ...]:
    """Return the values of a key in order, each once."""
    return tuple(dict.fromkeys(said.value for said in told.get(key, ())))


def _home() -> Path | None:
    try:
        return Path.home().resolve()
    except (RuntimeError, OSError):
        return None
