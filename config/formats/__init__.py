"""How dates with a time are written, by language: one way on all pages of the desk."""
