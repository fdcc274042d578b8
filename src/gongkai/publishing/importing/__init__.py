"""Documents that come in by the hundred, from tables and archives."""
