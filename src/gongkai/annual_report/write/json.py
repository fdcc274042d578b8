"""The report as JSON, in the fixed shape of `gongkai.annual_report.figures`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from gongkai.annual_report.corrigenda import Corrigenda
from gongkai.annual_report.figures import Figure, Report, dumps


def render(
    report: Report,
    language: str = "zh",  # noqa: ARG001 - JSON has no language
    corrigenda: Corrigenda | None = None,
) -> bytes:
    """UTF-8 JSON; what cannot be encoded (a lone surrogate) becomes a question mark.

    A corrected report has one more key, `corrections`: cells with the old and the new figure, and
    titles of sections whose text changed, each with day and reason.
    """
    text = dumps(report)
    if corrigenda is not None:
        listed = {"corrections": list(_corrections(corrigenda))}
        text = f"{text[:-2]},{json.dumps(listed, ensure_ascii=False, indent=1)[1:]}"
    return (text + "\n").encode(errors="replace")


def _corrections(corrigenda: Corrigenda) -> Iterator[dict[str, Any]]:
    because = {
        "edition_before": corrigenda.number,
        "on": corrigenda.day and corrigenda.day.isoformat(),
        "reason": corrigenda.reason,
    }
    for one in corrigenda.figures:
        yield {"address": one.address, "was": _plain(one.was), "now": _plain(one.now), **because}
    for title in corrigenda.texts:
        yield {"section": title, **because}


def _plain(figure: Figure) -> int | float | None:
    return float(figure) if isinstance(figure, Decimal) else figure
