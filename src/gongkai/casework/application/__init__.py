"""An application as it came in: who asked whom for what, and every dated fact since."""
