"""Recorded state: what ssops did, space by space, and the stores it lives in."""
