"""What materiel knows of one language: a folder of data each, and the code that reads it."""
