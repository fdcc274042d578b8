"""Regulations and normative documents: made, repealed, in force; tallies for the yearly form."""
