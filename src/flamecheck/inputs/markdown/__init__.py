"""Markdown files: their prose as one document, with a map of every character back to the file."""

from flamecheck.inputs.markdown.read import read_markdown

__all__ = ["read_markdown"]
