"""`make mutants`: changes the code that decides, piece by piece; a test must fail each time."""
