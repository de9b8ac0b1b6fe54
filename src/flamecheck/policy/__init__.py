"""What to do about a report: tiers, owners and the pure function that decides."""
