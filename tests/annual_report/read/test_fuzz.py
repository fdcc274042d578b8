"""Mutated reports in every layout: a report or the project's own error, never anything else."""

import io
import json
import time
import zipfile
from collections.abc import Callable
from functools import cache
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.annual_report.read import UnreadableReportError, read
from gongkai.specimen import LAYOUTS, invent

PACKED = ("docx", "xlsx")
SLOW = (*PACKED, "pdf")
FAST = sorted(name for name, layout in LAYOUTS.items() if layout.suffix not in SLOW)
OFFICE = sorted(name for name, layout in LAYOUTS.items() if layout.suffix in PACKED)
PRINTED = sorted(name for name, layout in LAYOUTS.items() if layout.suffix == "pdf")

SPLICED = (
    b"<table>", b"</table>", b"<td rowspan=999999 colspan=999999>", b"<tr>", b"</td>", b"<!--",
    b"<script>", b"&#x110000;", b"&nbsp;", b"<div hidden>", b"\0", b"\xff", b"\r", b"\t", b"|",
    b"\n\n\n", b"---|---", "一、".encode(), "（三）".encode(), "总计".encode(), "第二十条".encode(),
    "９９９".encode(), "—".encode(), b"1,234", b"-1", b"0" * 400, b"9" * 400, b"1.5", b"<w:tbl>",
    b'<w:gridSpan w:val="9999"/>', b"<w:vMerge/>", b"</row>", b"endobj", b"stream", b"%PDF-",
)  # fmt: skip

Change = tuple[str, float, float, int]
changes = st.lists(
    st.tuples(
        st.sampled_from(["delete", "double", "swap", "splice", "byte", "cut", "start"]),
        st.floats(0, 1),
        st.floats(0, 0.3),
        st.integers(0, 2**16),
    ),
    min_size=1,
    max_size=6,
)


def case(examples: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """So many cases, always the same ones."""
    return settings(
        max_examples=examples,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )


@cache
def specimen(layout: str, seed: int) -> bytes:
    return LAYOUTS[layout](invent(seed, version=("2019", "2021")[seed % 2]))[1]


def mutated(data: bytes, found: list[Change]) -> bytes:
    for kind, where, length, number in found:
        start = int(where * len(data))
        end = start + int(length * (len(data) - start))
        part = data[start:end]
        match kind:
            case "delete":
                data = data[:start] + data[end:]
            case "double":
                data = data[:end] + part + data[end:]
            case "swap":
                data = data[:start] + data[end:] + part
            case "splice":
                data = data[:start] + SPLICED[number % len(SPLICED)] + data[start:]
            case "byte":
                data = data[:start] + bytes([number % 256]) + data[start + 1 :]
            case "cut":
                data = data[: max(end, 1)]
            case _:
                data = data[start // 4 :]
    return data


def repacked(data: bytes, found: list[Change]) -> bytes:
    """A package in which one part is mutated before it is packed again."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        names = old.namelist()
        weights = [old.getinfo(name).file_size for name in names]
        chosen = Random(found[0][3]).choices(names, weights)[0]
        for name in names:
            content = old.read(name)
            new.writestr(name, mutated(content, found) if name == chosen else content)
    return buffer.getvalue()


def outcome(data: bytes, seconds: float) -> str:
    """ "read", or the reason of the refusal; anything else that is raised fails the test."""
    start = time.process_time()
    result = "read"
    try:
        read(data, "mutated")
    except UnreadableReportError as error:
        result = error.reason
    assert time.process_time() - start < seconds
    return result


@case(1500)
@given(st.sampled_from(FAST), st.integers(0, 3), changes)
def test_mutated_text_and_pages(layout: str, seed: int, found: list[Change]) -> None:
    data = mutated(specimen(layout, seed), found)
    assert outcome(data, 2) != "damaged" or b"%PDF-" in data


@case(300)
@given(st.sampled_from(OFFICE), st.integers(0, 1), changes)
def test_mutated_parts_of_office_packages(layout: str, seed: int, found: list[Change]) -> None:
    outcome(repacked(specimen(layout, seed), found), 10)


@case(200)
@given(st.sampled_from([*OFFICE, *PRINTED]), st.integers(0, 1), changes)
def test_mutated_files(layout: str, seed: int, found: list[Change]) -> None:
    outcome(mutated(specimen(layout, seed), found), 10)


@case(200)
@given(st.lists(st.tuples(st.sampled_from(FAST), changes), min_size=2, max_size=3))
def test_pieces_of_several_reports_in_one_file(found: list[tuple[str, list[Change]]]) -> None:
    pieces = [mutated(specimen(layout, number), c) for number, (layout, c) in enumerate(found)]
    data = b"\n".join(pieces)
    assert outcome(data, 4) != "damaged" or b"%PDF-" in data


@case(200)
@given(st.one_of(st.binary(max_size=2000), st.text(max_size=1000).map(str.encode)))
def test_anything_at_all(data: bytes) -> None:
    outcome(data, 2)


WORDS = """agency year form title period published applications rows columns proactive appeals
sections preface provenance evidence unplaced start end number text code place addresses readings
1 3.1 regulations made"""
KEYS = st.sampled_from(WORDS.split())
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


@case(300)
@given(st.dictionaries(KEYS, VALUES, max_size=6))
def test_json_of_any_shape(value: dict[str, object]) -> None:
    assert outcome(json.dumps(value).encode(), 2) != "damaged"


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_half_a_report_in_any_layout(layout: str) -> None:
    data = specimen(layout, 0)
    outcome(data[: len(data) // 2], 10)
