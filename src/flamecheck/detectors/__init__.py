"""Checks that no pattern can make, by name; one family a file, ``registry`` names them all."""
