"""A disk that is full is an InputError in every format."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest
from auditresults import Kept, facts_of, finding, verdict

from flamecheck.audit.outputs import csv, jsonl, parquet, xlsx
from flamecheck.errors import InputError

FULL = Path("/dev/full")


@pytest.mark.skipif(not FULL.exists(), reason="this system has no full device")
@pytest.mark.parametrize("output", [csv, jsonl, parquet, xlsx])
def test_a_full_disk_is_told(output: ModuleType) -> None:
    results = [verdict(1, "バカ", finding("バカ", "バカ"))]
    with pytest.raises(InputError, match="空きがありません") as caught:
        output.write(Kept(results), facts_of(results), str(FULL))
    assert caught.value.code == "unwritable"
