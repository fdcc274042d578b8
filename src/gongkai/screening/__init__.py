"""What must not go out unseen: secrecy markings, personal data, hidden content of files."""
