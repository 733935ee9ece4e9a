"""Measurements of ssops: run with `make bench`."""
