"""The statutory yearly report: figures, read, check, write."""
