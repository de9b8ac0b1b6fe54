"""Findings that a person has set aside: by a directive in the file, in the baseline, or as words that are allowed."""
