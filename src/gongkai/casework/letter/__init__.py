"""Letters: wording, number, rendering, service."""
