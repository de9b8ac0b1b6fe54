"""Seeing through disguised spellings: undo what was hidden, then read again."""
