"""Comments that move in from another system, and out to one: import and export of files."""
