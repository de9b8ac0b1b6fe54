"""flamecheck reads a Japanese draft before it is published and says what may hurt whom, and who has to decide."""

from flamecheck.context import Context
from flamecheck.document import Document, Source
from flamecheck.errors import DictionaryMissingError, FlamecheckError, InputError, LoadError
from flamecheck.finding import Adjustment, Dismissed, Finding
from flamecheck.grading import Confidence, Severity
from flamecheck.report import Report
from flamecheck.screener import Screener, screen
from flamecheck.spans import Span

__version__ = "0.1.0"

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
    "__version__",
    "screen",
]
