"""The report of an audit as one self-contained page in Japanese, opened from disk."""

from flamecheck.audit.outputs.page.write import write

__all__ = ["write"]
