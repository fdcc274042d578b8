"""Links that cannot work, and links that lead into the agency's own network."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from urllib.parse import SplitResult, urlsplit

from gongkai.screening.text.finding import Hit, rule
from gongkai.screening.text.links import Link
from gongkai.screening.text.subject import Subject

_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*)[:：]")
_TYPED = re.compile(
    r"(?<![A-Za-z])(?:(?:htp|htttp|hhtp|http|https|ttps?|htps)(?:[:：;]|(?=/))/{0,3}(?=[A-Za-z0-9]))"
    r"[A-Za-z0-9.-]+\.[A-Za-z]{2,}[^\s\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]*"
)
_WEB = re.compile(r"https?://[A-Za-z0-9\u4e00-\u9fff\[]", re.IGNORECASE)
_HOST = re.compile(
    r"(?:[\w\u4e00-\u9fff-]+\.)+[A-Za-z\u4e00-\u9fff]{2,}|[\d.]{7,15}|\[[0-9a-fA-F:.]+\]"
)


@rule(
    "link.malformed",
    "review",
    "链接地址写错",
    "A malformed address",
    remedy=("请改成能打开的完整地址", "give the whole address, so that it opens"),
)
def malformed(subject: Subject) -> Iterator[Hit]:
    for link in subject.links:
        if not _internal(link.address) and _is_malformed(link.address):
            yield Hit(link.start, link.end, quote=link.address, topic=link.address)
    for match in _TYPED.finditer(subject.folded) if "/" in subject.folded else ():
        if not _WEB.match(match[0]):
            yield Hit(match.start(), match.end())


def _is_malformed(address: str) -> bool:
    if address.startswith("/"):
        return False
    scheme = _SCHEME.match(address)
    if scheme and scheme[1].lower() in ("mailto", "tel"):
        return False
    whole = address if scheme else f"http://{address}"
    if not _WEB.match(whole) or whole.lower().count("://") > 1 or "：" in whole:
        return True
    host = _host(whole)
    return not _HOST.fullmatch(host) or ".." in host or "\\" in whole


def _split(address: str) -> SplitResult | None:
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018 - raises for a port that is no number
    except ValueError:
        return None
    return parts


def _host(address: str) -> str:
    parts = _split(address)
    return parts.netloc.rpartition("@")[2].partition(":")[0] if parts else ""


_LOCAL_HOSTS = (".local", ".lan", ".internal", ".localdomain", ".intranet", ".home")
_DRIVE = re.compile(r"[A-Za-z]:\\|\\\\|file[:：]", re.IGNORECASE)


@rule(
    "link.internal_address",
    "error",
    "内部网络或者本机地址",
    "An address of the internal network or of one's own computer",
    remedy=(
        "公众打不开，还会泄露网络信息；请换成公开的地址",
        "the public cannot open it, and it tells of the network; give a public address",
    ),
)
def internal_address(subject: Subject) -> Iterator[Hit]:
    for link in subject.links:
        if _internal(link.address):
            yield Hit(link.start, link.end, quote=link.address, topic=link.address)


def _internal(address: str) -> bool:
    if _DRIVE.match(address):
        return True
    if address.count("://") != 1 and _SCHEME.match(address):
        return False
    parts = _split(address if "://" in address else f"http://{address}")
    host = (parts.hostname or "") if parts else ""
    if not host or address.startswith("/"):
        return False
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        pass
    return host == "localhost" or host.endswith(_LOCAL_HOSTS) or _is_bare(host)


def _is_bare(host: str) -> bool:
    """A name without a dot, which only one network knows."""
    return "." not in host and bool(re.fullmatch(r"[a-z0-9-]+", host))


def askable(link: Link) -> bool:
    """Whether a link is worth asking over the network: neither malformed nor internal."""
    return not _internal(link.address) and not _is_malformed(link.address)
