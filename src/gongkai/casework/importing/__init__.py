"""Ledgers that were kept elsewhere before: a table in, cases with their figures out."""
