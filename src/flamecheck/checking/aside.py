"""What moves findings aside in a run: allowed words of the settings, directives of the files, the baseline, the diff."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from flamecheck.checking.desk import Desk
from flamecheck.checking.run import Reports, SetAside
from flamecheck.errors import Diagnostic
from flamecheck.report import Report
from flamecheck.settings.values import Applied
from flamecheck.suppression.apply import Changed, Controls, set_aside
from flamecheck.suppression.baseline import Baseline
from flamecheck.suppression.known import Known, Rest


def aside_by(
    desk: Desk,
    *,
    today: date,
    baseline: Baseline | None = None,
    changed: Callable[[str, str], Changed | None] = lambda _name, _text: None,
) -> SetAside:
    """Return what moves findings aside; ``changed`` says what changed in a file, by its name and its text.

    The rules are loaded only for a directive that names no rule that is there, or that is unused.
    """

    def aside(posts: Reports, applied: Applied) -> tuple[list[Report], tuple[Diagnostic, ...]]:
        if not posts:
            return [], ()
        source = posts[0][0].origin
        controls = Controls(
            lambda: Known(desk.rules.values(), lambda: _rest(desk, applied)), today, desk.policy.no_override, baseline
        )
        return set_aside(
            posts, controls, name=source.name, allow=applied.allow, changed=changed(source.name, source.text)
        )

    return aside


def _rest(desk: Desk, applied: Applied) -> Rest:
    screener = desk.screener
    selection = screener.selecting(select=applied.select, extend_select=applied.extend_select, ignore=applied.ignore)
    return Rest(screener.pack.retired, selection.left_out)
