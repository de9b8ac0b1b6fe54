"""One file a format; no input imports another."""
