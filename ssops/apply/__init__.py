"""Carrying out a plan, and going on where an earlier run was cut short."""
