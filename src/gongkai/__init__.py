"""Gongkai: government information disclosure, from document to annual report."""

__version__ = "0.1.0"
