"""Flow 2: application → clock → decision → letter → ledger."""
