"""Desired and recorded and live resources -> changes -> plan; and the plan file."""
