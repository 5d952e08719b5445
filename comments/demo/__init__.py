"""The demo newspaper: three stories and their comments."""
