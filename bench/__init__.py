"""Measurements beside other tools, on reports of the project's own generator."""
