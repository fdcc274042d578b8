"""Whole invented reports: tables that balance and a text that says the same."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from random import Random

from gongkai.annual_report.figures import Figure, Period, Report
from gongkai.law.forms import Address, form_in_force
from gongkai.specimen import places, wording
from gongkai.specimen.tables import SIZES, Size, balanced

LATEST_YEAR = 2024

TITLES = (
    "{agency}{year}年政府信息公开工作年度报告",
    "{agency}{year}年政府信息公开工作年度报告",
    "{agency}{year}年度政府信息公开工作年度报告",
    "{year}年{agency}政府信息公开工作年度报告",
    "{agency}{year}年政府信息公开年度报告",
)


def invent(
    seed: int,
    *,
    year: int | None = None,
    version: str | None = None,
    agency: str | None = None,
    size: Size | None = None,
    previous: Report | None = None,
) -> Report:
    """A random balanced report; the same arguments always give the same report.

    `version` is "2019" or "2021", by default the form in force for the year. `size` says how much
    the agency has to do, from "none" (a village, all zero) to "city" (thousands of applications).
    With `previous`, the report is the same agency's next year: what was pending is carried over
    and the stock of normative documents goes on.
    """
    random = Random(f"report {seed}")  # noqa: S311 - invented data, not a secret
    year = year or (previous.year + 1 if previous and previous.year else LATEST_YEAR)
    in_force = form_in_force(year)
    version = version or (in_force.version if in_force else "2019")
    some_size: Size = random.choice(SIZES)
    size = size or some_size
    agency = agency or (previous and previous.agency) or places.agency(random, size)
    figures = balanced(random, version, size, previous)
    return compose(
        random, agency=agency, year=year, version=version, figures=figures, previous=previous
    )


def compose(
    random: Random,
    *,
    agency: str,
    year: int,
    version: str,
    figures: Mapping[Address, Figure],
    previous: Report | None = None,
) -> Report:
    """The report around given figures: title, period, date, preface and the six parts."""
    facts = wording.Facts(agency, year, version, figures, previous)
    title = random.choice(TITLES).format(agency=agency, year=year)
    published = date(year + 1, 1, random.randint(5, 28))
    preface = wording.preface(random, facts)
    return Report(
        agency=agency,
        year=year,
        form=version,
        title=title,
        period=Period(date(year, 1, 1), date(year, 12, 31)),
        published=published,
        preface=preface,
        sections=wording.sections(random, facts),
        figures=dict(figures),
    )
