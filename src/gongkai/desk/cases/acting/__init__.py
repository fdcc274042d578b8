"""How each verb of a case is asked for and done, in one module for each group of verbs.

A verb is added as a row of its group: `on_case` or `on_line` calls it with what its form asks for.
"""

from __future__ import annotations

from gongkai.desk.cases.acting import (
    appealing,
    assigning,
    charging,
    closing,
    consulting,
    correcting,
    extending,
    receiving,
    searching,
    withdrawing,
)
from gongkai.desk.cases.acting.asking import Asking

GROUPS = (
    receiving.ASKED,
    assigning.ASKED,
    correcting.ASKED,
    consulting.ASKED,
    extending.ASKED,
    charging.ASKED,
    searching.ASKED,
    withdrawing.ASKED,
    closing.ASKED,
    appealing.ASKED,
)
ASKING: dict[str, Asking] = {asking.name: asking for group in GROUPS for asking in group}
"""Every verb's page, by the name in its address."""
