"""Date and time formats by language, the same on every page of the desk."""
