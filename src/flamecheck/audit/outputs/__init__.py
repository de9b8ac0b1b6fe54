"""One file a format of the results of an audit; no output imports another."""
