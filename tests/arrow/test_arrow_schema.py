"""Without pyarrow, whoever asks for it is told which extra installs it."""

from __future__ import annotations

import sys

import pytest

from flamecheck.errors import InputError


def test_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("flamecheck.arrow")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(InputError, match=r"pyarrow が入っていません.*'flamecheck\[audit\]'") as caught:
        import flamecheck.arrow  # noqa: F401
    assert caught.value.code == "extra"
