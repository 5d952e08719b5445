"""`make run`: check, prepare, and supervise the parts of the service."""
