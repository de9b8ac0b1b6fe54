"""Labelled posts: read them, screen them, score the rules on them, compare with what was accepted."""
