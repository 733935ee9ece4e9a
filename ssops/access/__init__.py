"""Who the actor is, and whether they hold the role that each change needs."""
