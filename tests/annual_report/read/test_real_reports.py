"""Nine real reports as people find them on the web, read exactly."""

import json
from pathlib import Path

import pytest

from gongkai.annual_report.figures import Report, to_json
from gongkai.annual_report.read import read

pytestmark = pytest.mark.reports

SOURCES = (
    "seeds/000_2620abe2f7b9fa96.txt",
    "seeds/001_f827ae0e78b185da.txt",
    "seeds/002_5a46c2b8c80e9869.txt",
    "seeds/003_7595553dd3c74eb9.txt",
    "seeds/004_f1ad9a8ab402356f.txt",
    "reports/hongze-2023.pdf",
    "reports/pingtan-2021.txt",
    "reports/shanghai-office-2019.html",
    "reports/shuyang-fgj-2023.html",
)

# 「693665」 is three figures in ten ways and no sum of the form ties them: none may be chosen.
CANNOT_BE_KNOWN = {"reports/pingtan-2021.txt": "normative_documents"}


def load(shared: Path, source: str) -> tuple[Report, dict]:
    path = shared / source
    expected = json.loads(path.with_suffix("").with_suffix(".expected.json").read_text("utf-8"))
    return read(path.read_bytes(), path.name), expected


@pytest.mark.parametrize("source", SOURCES)
def test_agency_year_and_form_are_those_of_the_report(shared: Path, source: str) -> None:
    report, expected = load(shared, source)
    assert (report.agency, report.year, report.form) == (
        expected["agency"],
        expected["year"],
        expected["form"],
    )


@pytest.mark.parametrize("source", SOURCES)
def test_every_cell_of_the_applications_and_appeals_tables_is_read(
    shared: Path, source: str
) -> None:
    report, expected = load(shared, source)
    found = to_json(report)
    assert found["applications"] == expected["applications"]
    assert found["appeals"] == expected["appeals"]


@pytest.mark.parametrize("source", SOURCES)
def test_every_proactive_cell_is_read_that_the_source_lets_know(shared: Path, source: str) -> None:
    report, expected = load(shared, source)
    if expected["proactive"] is None:
        assert report.has("proactive")
        return
    found = to_json(report)["proactive"]
    unknowable = CANNOT_BE_KNOWN.get(source)
    if unknowable:
        assert set(found[unknowable].values()) == {None}
        readings = next(u.readings for u in report.unplaced if unknowable in u.addresses[0])
        assert tuple(expected["proactive"][unknowable].values()) in readings
        found[unknowable] = expected["proactive"][unknowable]
    assert found == expected["proactive"]


@pytest.mark.parametrize("source", SOURCES)
def test_every_figure_leads_back_to_its_source(shared: Path, source: str) -> None:
    report, _ = load(shared, source)
    assert set(report.provenance) == set(report.figures)
    assert all(p.file and p.place for p in report.provenance.values())


@pytest.mark.parametrize("source", SOURCES)
def test_all_six_sections_are_found(shared: Path, source: str) -> None:
    report, _ = load(shared, source)
    assert [section.number for section in report.sections] == [1, 2, 3, 4, 5, 6]


def test_what_surrounds_the_report_is_not_part_of_it(shared: Path) -> None:
    report, _ = load(shared, "seeds/003_7595553dd3c74eb9.txt")
    last = report.section(6)
    assert last is not None
    assert last.text == "2021年，市政府辦公室在辦理依申請公開事項過程中未收取信息處理費。".replace(
        "，", ","
    )
