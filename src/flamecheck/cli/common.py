"""What several verbs need: a screener and a context from the arguments."""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from flamecheck.cli.flags import context_values, given
from flamecheck.context import Context
from flamecheck.display import visible
from flamecheck.errors import LoadError

if TYPE_CHECKING:
    from flamecheck.checking.cache import Cache
    from flamecheck.checking.desk import Desk
    from flamecheck.policy.model import Tier
    from flamecheck.screener import Screener
    from flamecheck.settings.load import Loaded
    from flamecheck.settings.values import Settings
    from flamecheck.suppression.baseline import Baseline


def screener_of(arguments: argparse.Namespace) -> Screener:
    """Return the screener the arguments ask for, after saying its warnings; raises ValueError for an unknown rule."""
    from flamecheck.screener import Screener

    screener = Screener(
        packs=[Path(name) for name in arguments.rules],
        policy=getattr(arguments, "policy", None) or "standard",
        select=arguments.select,
        extend_select=arguments.extend_select,
        ignore=arguments.ignore,
        as_of=getattr(arguments, "as_of", None),
    )
    for warning in screener.warnings:
        print(warning.render() + "\n", file=sys.stderr)
    return screener


@dataclass(slots=True, frozen=True)
class Recipe:
    """What a screener is made of, with the compiled pack kept in the user's cache; it travels to other processes."""

    packs: tuple[Path, ...]
    policy: str
    select: tuple[str, ...]
    extend_select: tuple[str, ...]
    ignore: tuple[str, ...]
    as_of: date | None
    folder: Path
    made_from: str

    def make(self) -> Screener:
        """Return the screener, after saying its warnings; raises what ``Screener`` raises."""
        from flamecheck.screener import Screener
        from flamecheck.stored.store import Store

        screener = Screener(
            packs=self.packs,
            policy=self.policy,
            select=self.select,
            extend_select=self.extend_select,
            ignore=self.ignore,
            as_of=self.as_of,
            store=Store(self.folder, self.made_from, _told),
        )
        for warning in screener.warnings:
            print(warning.render() + "\n", file=sys.stderr)
        return screener


def _told(warning: str) -> None:
    print(visible(warning), file=sys.stderr)


def stored_screener(arguments: argparse.Namespace) -> Recipe:
    """Return how the screener is made that the arguments ask for."""
    from flamecheck.checking.desk import made_from
    from flamecheck.tokenizers.surfaces import cache_folder

    packs = tuple(Path(name) for name in arguments.rules)
    return Recipe(
        packs,
        arguments.policy or "standard",
        tuple(arguments.select),
        tuple(arguments.extend_select),
        tuple(arguments.ignore),
        arguments.as_of,
        cache_folder() / "rulesets",
        made_from(packs),
    )


def context_of(arguments: argparse.Namespace) -> Context:
    """Return the context given by options; raises InputError for a value outside its list."""
    return Context.of(dict(context_values(arguments)))


def loaded_of(arguments: argparse.Namespace) -> Loaded:
    """Return what files and flags say; raises LoadError with every error of every file, after which nothing runs."""
    from flamecheck.settings.load import load

    config = Path(arguments.config) if arguments.config else None
    return load(config=config, search=not arguments.no_config, flags=given(arguments))


def settings_of(arguments: argparse.Namespace) -> Settings:
    """Return the settings of the run, flags before files, after saying the warnings; raises LoadError."""
    settings = loaded_of(arguments).settings()
    for warning in settings.warnings:
        print(warning.render() + "\n", file=sys.stderr)
    return settings


def desk_of(arguments: argparse.Namespace, settings: Settings, cache: Cache) -> Desk:
    """Return who screens, with the rules loaded only when ``cache`` does not know the answer.

    Warnings about rules are said when rules are loaded.  Raises LoadError for rules that do not load and for a name in
    the settings that nobody knows.
    """
    from flamecheck.checking.desk import Desk
    from flamecheck.policy.load import load_policy
    from flamecheck.rules.load import packaged
    from flamecheck.screener import Screener
    from flamecheck.stored.store import Store

    def make() -> Screener:
        store = Store(cache.folder / "rulesets", cache.made_from, cache.warn) if cache.folder else None
        screener = Screener(
            packs=settings.packs, policy=settings.policy, words=settings.words, as_of=arguments.as_of, store=store
        )
        for warning in screener.warnings:
            print(warning.render() + "\n", file=sys.stderr)
        return screener

    policy = load_policy(settings.policy, [folder / "policies" for folder in [packaged(), *settings.packs]])
    desk = Desk(make, policy, cache, as_of=arguments.as_of)
    _check_names(settings, desk)
    return desk


def _check_names(settings: Settings, desk: Desk) -> None:
    """Say what is wrong with names in the settings; raises LoadError when one of them is an error."""
    from flamecheck.settings.names import mistaken

    wrong = mistaken(settings.asked, desk.rules, {}, desk.policy) if settings.asked else []
    if wrong:
        # 使うのをやめた id を知っているのは、規則そのものだけ。
        wrong = mistaken(settings.asked, desk.rules, desk.screener.pack.retired, desk.policy)
    if any(problem.level == "error" for problem in wrong):
        raise LoadError(wrong)
    for warning in wrong:
        print(warning.render() + "\n", file=sys.stderr)


def cache_of(arguments: argparse.Namespace, settings: Settings) -> Cache:
    """Return what this machine has screened before: in the folder asked for, else in the user's cache; or nothing."""
    from flamecheck.checking.cache import Cache
    from flamecheck.checking.desk import made_from
    from flamecheck.context import today
    from flamecheck.tokenizers.surfaces import cache_folder

    def warn(told: str) -> None:
        print(visible(told), file=sys.stderr)

    if arguments.no_cache:
        return Cache(None, "", today=today(), warn=warn)
    folder = Path(arguments.cache_dir) if arguments.cache_dir else cache_folder()
    return Cache(folder, made_from(settings.packs, settings.words), today=today(), warn=warn)


def baseline_of(arguments: argparse.Namespace, settings: Settings) -> Baseline | None:
    """Return the baseline that is asked for, or the one beside the settings; raises LoadError for a broken one."""
    from flamecheck.suppression.baseline import read_baseline

    if arguments.no_baseline:
        return None
    path = baseline_path(settings)
    return read_baseline(path) if settings.baseline or path.exists() else None


def baseline_path(settings: Settings) -> Path:
    """Return where the baseline stands, or would."""
    from flamecheck.suppression.baseline import FILE

    return settings.baseline or settings.root / FILE


def fail_tier(arguments: argparse.Namespace, screener: Screener) -> Tier:
    """Return the tier from which on a verdict fails the run; raises ValueError for one the policy does not know."""
    try:
        return screener.policy.tier(arguments.fail_at or "koho")
    except KeyError as error:
        raise ValueError(f"--fail-at: {error.args[0]}") from None
