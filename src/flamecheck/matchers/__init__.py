"""One kind of condition a file; no matcher imports another.  ``flamecheck.ruleset`` puts them together."""
