"""What each table of a compiled report is counted from."""
