"""`make mutants` changes the code that decides, bit by bit; a test must fail each time."""
