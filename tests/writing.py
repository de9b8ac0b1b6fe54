"""Small repositories for the tests of settings."""

from __future__ import annotations

from pathlib import Path


def repository(folder: Path, files: dict[str, str]) -> Path:
    """Write files below ``folder``, which becomes a repository, and return it."""
    (folder / ".git").mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder
