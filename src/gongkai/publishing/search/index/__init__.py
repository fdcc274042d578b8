"""The index in a folder of this machine, by tantivy."""

from __future__ import annotations

from gongkai.publishing.search.index.embedded import EmbeddedIndex

__all__ = ["EmbeddedIndex"]
