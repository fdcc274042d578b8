"""The language of the page being made, as the report code names languages."""

from __future__ import annotations

from typing import Literal

from django.utils.translation import get_language


def speech() -> Literal["zh", "en"]:
    """ "en" on English pages, else "zh"."""
    return "en" if (get_language() or "").startswith("en") else "zh"
