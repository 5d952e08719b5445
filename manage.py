#!/usr/bin/env python
"""The same commands as `peredmova`, run from a checkout."""

from config.command_line import main

if __name__ == "__main__":
    main()
