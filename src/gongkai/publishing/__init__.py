"""Flow 1: document → review → publication → search."""
