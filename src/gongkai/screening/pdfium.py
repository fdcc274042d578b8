"""The one lock around pdfium, which is not made for several threads.

Whoever opens a PDF with it, to read a report or to look for what a file hides, holds this lock.
"""

from __future__ import annotations

from threading import RLock

PDFIUM = RLock()
