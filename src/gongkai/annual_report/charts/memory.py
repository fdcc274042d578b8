"""Drawings kept by the hash of what they show."""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import ParamSpec

P = ParamSpec("P")
MOST = 512


def remembered(draw: Callable[P, str]) -> Callable[P, str]:
    """Draw once for the same values; the drawings asked for last are kept, at most `MOST`."""
    kept: OrderedDict[str, str] = OrderedDict()
    alone = Lock()

    @wraps(draw)
    def again(*args: P.args, **named: P.kwargs) -> str:
        content = json.dumps([args, named], default=str, ensure_ascii=False)
        key = hashlib.sha256(content.encode()).hexdigest()
        with alone:
            if key in kept:
                kept.move_to_end(key)
                return kept[key]
        drawing = draw(*args, **named)
        with alone:
            kept[key] = drawing
            if len(kept) > MOST:
                kept.popitem(last=False)
        return drawing

    return again
