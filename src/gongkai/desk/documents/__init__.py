"""The desk for documents: drafting, review, publication."""
