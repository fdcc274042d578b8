"""A document before it is public: its text, its versions, its attachments."""
