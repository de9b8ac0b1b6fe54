"""Rule quality: proofs by example, coverage, and the tools of a rule author."""
