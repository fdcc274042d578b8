"""PDF: what hides beneath a page, beside it, and in earlier revisions ([ISO 32000-2])."""
