"""Hypothesis budgets: small and repeatable by default, large by ``--hypothesis-profile=large``."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

settings.register_profile(
    "small", max_examples=100, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
settings.register_profile("large", max_examples=5_000, deadline=None, suppress_health_check=list(HealthCheck))
settings.load_profile("small")
