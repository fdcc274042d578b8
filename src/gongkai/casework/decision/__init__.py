"""The work on a case up to the signed decision."""
