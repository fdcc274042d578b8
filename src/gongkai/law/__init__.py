"""The statute as dated data and plain functions."""
