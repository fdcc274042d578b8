"""Anyone drops a report and sees at once what it says; nothing is stored."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import reduce
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as property_settings
from hypothesis import strategies as st

from gongkai.annual_report.figures import dumps, loads
from gongkai.annual_report.models import SourceFile, StoredReport
from gongkai.annual_report.read import read
from gongkai.portal.dropping import reread
from gongkai.specimen import LAYOUTS, invent
from gongkai.trail.models import Entry

pytestmark = pytest.mark.django_db

TOTAL = "applications.3.7.natural_person"


def drop(client: Client, data: bytes, name: str = "报告.html", **more: Any) -> Any:
    return client.post("/reports/read/", {"report": SimpleUploadedFile(name, data), **more})


def a_report(seed: int = 5) -> tuple[str, bytes]:
    return LAYOUTS["html"](invent(seed, year=2023, agency="青禾县财政局"))


def a_wrong_report() -> bytes:
    report = invent(5, year=2023, agency="青禾县财政局")
    wrong = (report.figures[TOTAL] or 0) + 7
    return LAYOUTS["html"](report.with_figure(TOTAL, wrong, report.provenance.get(TOTAL)))[1]


def test_the_page_says_what_it_is_and_sets_no_cookie(client: Client) -> None:
    response = client.get("/reports/read/")
    assert response.status_code == 200
    assert "内容不会保存" in response.text
    assert not response.cookies


def test_a_dropped_file_is_read_and_checked(client: Client) -> None:
    name, data = a_report()
    response = drop(client, data, name)
    assert response.status_code == 200
    for expected in ("青禾县财政局", "2023", "2021年格式", 'class="statutory-applications"'):
        assert expected in response.text


def test_pasted_text_is_read_too(client: Client) -> None:
    _, data = LAYOUTS["tabs"](invent(5, year=2023, agency="青禾县财政局"))
    response = client.post("/reports/read/", {"text": data.decode()})
    assert response.status_code == 200
    assert "青禾县财政局" in response.text


def test_a_finding_and_its_cell_link_to_each_other(client: Client) -> None:
    page = drop(client, a_wrong_report()).text
    cell = "cell-applications-3-7-natural_person"
    assert f'href="#{cell}"' in page
    marked = re.search(rf'id="{cell}"[^>]*class="marked marked-error"[^>]*><a href="#(.+?)"', page)
    assert marked
    assert f'id="{marked[1]}"' in page


def test_every_link_within_the_result_leads_somewhere(client: Client) -> None:
    page = drop(client, a_wrong_report()).text
    targets = set(re.findall(r'\bid="([^"]+)"', page))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= targets


def test_no_id_stands_twice_in_the_result(client: Client) -> None:
    ids = re.findall(r'\bid="([^"]+)"', drop(client, a_wrong_report()).text)
    assert sorted(ids) == sorted(set(ids))


def test_nothing_is_stored(client: Client) -> None:
    def kept() -> tuple[int, list[Path]]:
        return Entry.objects.count(), sorted(Path(configured.FILES).rglob("*"))

    before = kept()
    drop(client, a_report()[1])
    assert not StoredReport.objects.exists()
    assert not SourceFile.objects.exists()
    assert kept() == before


def test_the_result_is_kept_out_of_every_cache(client: Client) -> None:
    assert drop(client, a_report()[1])["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("data", "status"),
    [
        pytest.param(b"", 400, id="empty"),
        pytest.param(bytes(range(256)) * 40, 400, id="binary"),
        pytest.param("今天天气很好。".encode() * 50, 422, id="another text"),
        pytest.param(b"x" * (20 * 1024 * 1024 + 1), 413, id="over 20 MB"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_status(
    client: Client, data: bytes, status: int
) -> None:
    response = drop(client, data, "来文.bin")
    assert response.status_code == status
    assert 'role="alert"' in response.text
    assert "来文.bin" in response.text
    assert "请" in response.text


def test_a_body_far_over_the_limit_is_refused_unread(client: Client) -> None:
    response = client.generic(
        "POST", "/reports/read/", BytesIO(b"").read(), CONTENT_LENGTH=str(30 * 2**20)
    )
    assert response.status_code == 413


def test_sending_nothing_says_so(client: Client) -> None:
    response = client.post("/reports/read/", {})
    assert response.status_code == 400
    assert "还没有选择文件" in response.text


def test_pasted_text_stays_in_the_box_after_a_failure(client: Client) -> None:
    response = client.post("/reports/read/", {"text": "  不是年报 <b>的文字  "})
    assert response.status_code == 422
    assert "  不是年报 &lt;b&gt;的文字  </textarea>" in response.text


def test_too_many_drops_wait_and_lose_nothing(client: Client, settings: Any) -> None:
    settings.DROP_LIMIT = 1
    settings.DROP_WINDOW = 600
    settings.SECRET_KEY = "another address book for this test"
    client.post("/reports/read/", {"text": "第一次"})
    response = client.post("/reports/read/", {"text": "第二次的文字"})
    assert response.status_code == 429
    assert 0 < int(response["Retry-After"]) <= 600
    assert "第二次的文字" in response.text


def test_glued_digits_are_listed_with_their_readings(client: Client, shared: Path) -> None:
    page = drop(client, (shared / "reports" / "pingtan-2021.txt").read_bytes(), "a.txt").text
    assert "没有填入表格的内容" in page
    assert "种读法" in page


def test_what_the_text_claims_stands_beside_the_tables(client: Client, shared: Path) -> None:
    data = (shared / "reports" / "shanghai-office-2019.html").read_bytes()
    page = drop(client, data, "a.html").text
    assert "正文数字与表格对照" in page
    assert "不一致" in page


def test_markup_in_a_report_stays_text(client: Client) -> None:
    report = invent(5, year=2023, agency="<script>alert(1)</script>县财政局")
    page = client.post("/reports/read/", {"reading": dumps(report, provenance=True)}).text
    assert "<script>alert" not in page


@pytest.mark.parametrize("suffix", ["html", "docx", "xlsx", "pdf", "json"])
def test_the_reading_can_be_taken_away_in_every_format(client: Client, suffix: str) -> None:
    report = read(a_report()[1], "a.html")
    reading = dumps(report, provenance=True)
    response = client.post("/reading/", {"reading": reading, "format": suffix})
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment")
    assert read(response.content, f"a.{suffix}").figures == report.figures


def test_the_same_reading_in_english(client: Client) -> None:
    reading = dumps(read(a_report()[1], "a.html"), provenance=True)
    response = client.post("/reports/read/", {"reading": reading, "language": "en"})
    assert response.status_code == 200
    assert "Download Excel" in response.text
    assert '<html lang="en"' in response.text
    assert "Drop an annual report" in client.get("/reports/read/").text


def test_a_result_can_be_enlarged_without_losing_it(client: Client) -> None:
    reading = dumps(read(a_report()[1], "a.html"), provenance=True)
    response = client.post("/reports/read/", {"reading": reading, "size": "larger"})
    assert 'data-size="larger"' in response.text
    assert "青禾县财政局" in response.text


def test_pasted_text_survives_a_change_of_language(client: Client) -> None:
    page = client.post("/reports/read/", {"text": "不是年报的文字"}).text
    assert '<button class="link" form="drop" name="language" value="en"' in page
    page = client.post("/reports/read/", {"text": "不是年报的文字", "language": "en"}).text
    assert "Could not be read" in page
    assert "不是年报的文字</textarea>" in page


def test_the_result_carries_its_own_reading(client: Client) -> None:
    page = drop(client, a_report()[1]).text
    found = re.search(r'<textarea name="reading"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    assert found
    assert loads(html.unescape(found[1])).agency == "青禾县财政局"


GENUINE = dumps(read(a_report()[1], "a.html"), provenance=True)
ODD = st.sampled_from(
    [None, True, -1, 0.5, 1e308, 10**30, "", "x", "9999-99-99", [], [1], [[]], {}, {"a": 1}]
)


def places(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value in a JSON document."""
    inner = node.items() if isinstance(node, dict) else enumerate(node)
    for key, value in inner:
        yield (*path, key)
        if isinstance(value, dict | list):
            yield from places(value, (*path, key))


@given(
    changes=st.lists(
        st.tuples(st.integers(min_value=0), ODD, st.booleans()), min_size=1, max_size=4
    )
)
@property_settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
def test_a_tampered_reading_is_refused_or_shown_never_an_error(
    changes: list[tuple[int, Any, bool]],
) -> None:
    reading = json.loads(GENUINE)
    for number, odd, rename in changes:
        ways = list(places(reading))
        *way, last = ways[number % len(ways)]
        node = reduce(lambda inner, key: inner[key], way, reading)
        if rename and isinstance(node, dict):
            node[str(odd)[:20]] = node.pop(last)
        else:
            node[last] = deepcopy(odd)
    sent = {"reading": json.dumps(reading), "format": "xlsx"}
    assert drop(Client(), sent["reading"].encode(), "a.json").status_code in {200, 422}
    assert Client().post("/reports/read/", sent).status_code in {200, 400}
    assert Client().post("/reading/", sent).status_code in {200, 400}


def test_a_reading_nested_beyond_reason_is_refused() -> None:
    assert reread("[" * 200_000) is None


def test_an_unknown_format_is_refused(client: Client) -> None:
    reading = dumps(read(a_report()[1], "a.html"))
    assert client.post("/reading/", {"reading": reading, "format": "exe"}).status_code == 400


def test_last_years_published_report_is_taken_into_account(
    client: Client, county: Any, publish: Callable[..., Any]
) -> None:
    publish(county.own, 2022)
    page = drop(client, a_report()[1]).text
    assert "已对照本站公布的青禾县财政局2022年度报告" in page
    assert "year.carried" in page
    assert 'id="chart-flow"' in page
