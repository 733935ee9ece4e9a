"""A model of ssops: what may happen to it at random, what must hold then, and faults seeded to see that it bites."""
