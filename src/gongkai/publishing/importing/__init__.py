"""Documents that come in by the hundred."""
