"""What the tests of the pages of cases share: addresses, forms sent, a picture."""

from __future__ import annotations

from typing import Any

from gongkai.casework.application.models import Case

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def at(case: Case, page: str = "") -> str:
    """Where a page about the case is."""
    return f"/desk/cases/{case.pk}/{page}"


def posted(client: Any, address: str, **said: Any) -> Any:
    """What comes back when the form at the address is filled in and sent."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.content.decode()
    return client.post(address, {"seen": answer.context["seen"], **said})
