"""Many posts in, as many rows out."""
