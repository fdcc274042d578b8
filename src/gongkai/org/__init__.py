"""Agencies as a tree, the people in them, and who may act."""
