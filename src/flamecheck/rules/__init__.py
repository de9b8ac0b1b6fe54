"""What rule, lexicon, guard and calendar files say, and how they become rules."""
