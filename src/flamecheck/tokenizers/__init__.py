"""Adapters to morphological analysers; the rest of the program sees only ``flamecheck.tokens``."""
