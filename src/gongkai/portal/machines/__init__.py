"""What is published, as machines read it: feeds, site maps, linked data, meta elements."""
