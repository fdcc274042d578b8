"""Everything under /documents/: the page of a document, its revisions, files and picture."""
