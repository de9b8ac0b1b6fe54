"""Arguments, progress, exit codes; nothing else.  One file a verb."""
