"""Without the extra, a clear message that names it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from auditresults import Kept, facts_of

from flamecheck.audit.decisions import decisions
from flamecheck.audit.outputs import parquet, xlsx
from flamecheck.errors import InputError


@pytest.mark.parametrize(
    ("package", "use"),
    [
        ("xlsxwriter", lambda target: xlsx.write(Kept([]), facts_of([]), target)),
        ("pyarrow", lambda target: parquet.write(Kept([]), facts_of([]), target)),
        ("openpyxl", lambda target: list(decisions(target))),
    ],
)
def test_the_message_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, package: str, use: Callable[[str], object]
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    for name in [name for name in sys.modules if name == "flamecheck.arrow" or name.startswith("flamecheck.arrow.")]:
        monkeypatch.delitem(sys.modules, name)
    with pytest.raises(InputError, match=rf"{package} .*flamecheck\[audit\]") as caught:
        use(str(tmp_path / "out"))
    assert caught.value.code == "extra"
    assert not list(tmp_path.iterdir())
