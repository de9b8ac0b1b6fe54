"""HTML files: what a browser shows of a page as one document, with a map of every character back to the file."""

from flamecheck.inputs.html.read import read_html

__all__ = ["read_html"]
