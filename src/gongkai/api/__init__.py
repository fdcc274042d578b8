"""The public REST API: read for all, write for agencies with a token."""
