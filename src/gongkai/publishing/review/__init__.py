"""The gate: first reviewed, then public (条例第十七条)."""
