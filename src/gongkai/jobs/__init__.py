"""Background work: calls actions and holds no rules."""
