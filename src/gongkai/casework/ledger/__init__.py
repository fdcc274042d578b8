"""The ledger: one counted line for every case received and for every case closed."""
