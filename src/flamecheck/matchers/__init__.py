"""One kind of condition a file; no matcher imports another.  ``flamecheck.compiler`` puts them together."""
