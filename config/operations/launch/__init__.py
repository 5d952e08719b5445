"""What `make run` does: checks, prepares, and supervises the parts of the service."""
