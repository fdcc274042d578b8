"""The basic catalogue of an agency and the duties that follow from it."""
