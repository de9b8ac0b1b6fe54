"""Hypothesis budgets: small and repeatable by default, large by ``--hypothesis-profile=large``; a cache of their own."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "small", max_examples=100, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
settings.register_profile("large", max_examples=5_000, deadline=None, suppress_health_check=list(HealthCheck))
settings.load_profile("small")


def pytest_configure(config: pytest.Config) -> None:
    """Keep what tests screen out of the user's cache; the programs they start share this one."""
    folder = tempfile.TemporaryDirectory(prefix="flamecheck-tests-")
    os.environ["XDG_CACHE_HOME"] = str(Path(folder.name))
    config.add_cleanup(folder.cleanup)
