"""What is public, since when, and what became of it."""
