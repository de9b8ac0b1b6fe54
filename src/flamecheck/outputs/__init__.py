"""One file a format; no output imports another."""
