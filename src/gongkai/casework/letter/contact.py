"""Where the agency is reached, as a letter tells it."""

from __future__ import annotations

from gongkai.org.models import Agency


def contact(agency: Agency) -> str:
    """The note under the date: address, telephone and e-mail, as far as they are known."""
    return "；".join(f"{name}：{words}" for name, words in _known(agency))


def reply_to(agency: Agency) -> str:
    """Where a reply is sent, with the agency's name; "" where nothing is known of it."""
    known = contact(agency)
    return f"{agency.name}（{known}）" if known else ""


def _known(agency: Agency) -> list[tuple[str, str]]:
    told = [
        ("联系地址", agency.address),
        ("联系电话", agency.telephone),
        ("电子邮箱", agency.email),
    ]
    return [(name, words.strip()) for name, words in told if words.strip()]
