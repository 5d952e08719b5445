"""A small newspaper to try the service on: three articles and what readers say under them."""
