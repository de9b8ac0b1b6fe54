"""flamecheck reads a Japanese draft before it is published and says what may hurt whom, and who has to decide.

Names are imported on first use, so that ``flamecheck --help`` starts without a tokenizer.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flamecheck.context import Context
    from flamecheck.document import Document, Source
    from flamecheck.errors import DictionaryMissingError, FlamecheckError, InputError, LoadError
    from flamecheck.finding import Adjustment, Dismissed, Finding
    from flamecheck.grading import Confidence, Severity
    from flamecheck.policy.model import Verdict
    from flamecheck.report import Report
    from flamecheck.screener import Screener, screen
    from flamecheck.spans import Span

__version__ = "0.1.0"

_HOMES = {
    "Adjustment": "finding",
    "Confidence": "grading",
    "Context": "context",
    "DictionaryMissingError": "errors",
    "Dismissed": "finding",
    "Document": "document",
    "Finding": "finding",
    "FlamecheckError": "errors",
    "InputError": "errors",
    "LoadError": "errors",
    "Report": "report",
    "Screener": "screener",
    "Severity": "grading",
    "Source": "document",
    "Span": "spans",
    "Verdict": "policy.model",
    "screen": "screener",
}

__all__ = [
    "Adjustment",
    "Confidence",
    "Context",
    "DictionaryMissingError",
    "Dismissed",
    "Document",
    "Finding",
    "FlamecheckError",
    "InputError",
    "LoadError",
    "Report",
    "Screener",
    "Severity",
    "Source",
    "Span",
    "Verdict",
    "__version__",
    "screen",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'flamecheck' has no attribute '{name}'")
    value = getattr(importlib.import_module(f"flamecheck.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
