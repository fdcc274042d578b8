"""Reconsideration and litigation about a case."""
