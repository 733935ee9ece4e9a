"""Strikes at ssops until something breaks: each figure of `make torture`."""
