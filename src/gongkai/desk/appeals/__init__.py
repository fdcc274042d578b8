"""Reconsiderations and law suits at the desk."""
