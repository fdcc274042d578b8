"""The documents the example county has published in five years: invented, the same every time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from gongkai.publishing.document.content import Content
from gongkai.specimen.county import Unit
from gongkai.specimen.documents import texts
from gongkai.specimen.documents.matters import matters
from gongkai.specimen.places import COUNTY

YEARS = (2022, 2023, 2024, 2025, 2026)
UNTIL = date(2026, 10, 31)
"""Nothing of the example is younger, so that it has the same documents on any later day."""
TOPICS = ("综合政务", "城乡建设", "农业农村", "民生保障", "财政金融", "公共安全", "教科文卫")
WEIGHTS = {
    "notice": 34,
    "news": 30,
    "decision": 20,
    "official_document": 18,
    "procurement": 12,
    "project": 8,
    "service_guide": 5,
    "plan": 3,
    "recruitment": 3,
    "emergency": 3,
}
TITLES = {
    "notice": (
        "关于做好{year}年{month}月{matter}工作的通知",
        "关于{matter}有关事项的公告（{year}年第{n}号）",
    ),
    "news": (
        "{short}扎实推进{matter}工作（{year}年第{n}期）",
        "{short}开展{matter}集中宣传（{year}年第{n}期）",
    ),
    "decision": (
        "关于{matter}行政处罚决定的公示（{year}年第{n}号）",
        "行政许可决定公示（{matter}，{year}年第{n}号）",
    ),
    "official_document": (
        "关于印发{year}年{matter}工作方案的通知",
        "关于{matter}有关工作的批复（{year}年第{n}号）",
    ),
    "procurement": (
        "{matter}项目采购公告（{year}-{n}）",
        "{matter}项目中标结果公告（{year}-{n}）",
    ),
    "project": ("{matter}工程建设进展情况（{year}年第{n}期）",),
    "service_guide": ("{matter}办事指南（{year}年第{n}版）",),
    "plan": ("{year}年{matter}年度计划",),
    "recruitment": ("{year}年公开招聘{matter}工作人员公告（第{n}批）",),
    "emergency": ("{matter}应急预案（{year}年第{n}版）",),
}


@dataclass(frozen=True, slots=True)
class Old:
    """A document that was published: whose, what it says, when; and numbers it is related to.

    `relations` are pairs of a kind of relation and a document number; `periodic` names the item of
    the usual catalogue it fulfils, by its matter.
    """

    unit: str
    content: Content
    published_on: date
    relations: tuple[tuple[str, str], ...] = ()
    periodic: str = ""


def published(units: Sequence[Unit], seed: int = 1, scale: float = 1.0) -> Iterator[Old]:
    """Everything the units have published, office by office, in the order of publication.

    About seven thousand documents at `scale` 1. Deterministic by seed.
    """
    for place, unit in enumerate(units):
        random = Random(f"documents {seed} {unit.code}")  # noqa: S311 - invented data
        every = [*_office(random, unit, place, scale), *_periodic(random, unit)]
        yield from sorted(every, key=lambda old: (old.published_on, old.content.title))


def _office(random: Random, unit: Unit, place: int, scale: float) -> Iterator[Old]:
    yearly = {"county": 70, "department": 36, "township": 22, "street": 18}[unit.level]
    yield _guide(random, unit)
    for year in YEARS:
        yield from _norms(random, unit, place, year)
        for n in range(1, int(yearly * scale) + 1):
            kind = random.choices(tuple(WEIGHTS), weights=tuple(WEIGHTS.values()))[0]
            yield from _one(random, unit, kind, year, n)


def _one(random: Random, unit: Unit, kind: str, year: int, n: int) -> Iterator[Old]:
    formed = _day(random, year)
    if formed is None:
        return
    matter = random.choice(matters(unit.name.removeprefix(COUNTY)))
    title = random.choice(TITLES[kind]).format(
        matter=matter, year=year, n=n, month=formed.month, short=_short(unit)
    )
    text = texts.body(random, matter, _own(unit), length=random.randint(4, 7))
    if kind in {"decision", "procurement", "project"}:
        heads = ("事项", "数量", "金额（元）")
        text += texts.table(random, heads, (matter, "其他"))
    numbered = kind in {"notice", "official_document", "plan", "emergency"}
    yield Old(
        unit.code,
        Content(
            title=_headed(unit, title, kind),
            kind=kind,
            document_number=_number(unit, year, n) if numbered else "",
            formed_on=formed,
            topic=random.choice(TOPICS),
            keywords=matter,
            summary=f"{matter}的有关安排。" if numbered else "",
            body=text,
        ),
        _published(random, formed, late=random.random() < 0.04),
    )


def _norms(random: Random, unit: Unit, place: int, year: int) -> Iterator[Old]:
    """Normative documents of a year with their interpretations; some repeal or amend older ones."""
    many = 5 if unit.level == "county" else 2 if unit.level == "department" else 1
    for n in range(901, 901 + many):
        formed = _day(random, year)
        if formed is None:
            continue
        known = matters(unit.name.removeprefix(COUNTY))
        matter = known[(place + n + year) % len(known)]
        trial = random.random() < 0.3
        title = (
            f"{COUNTY}{matter.removesuffix('管理')}管理{'暂行' if trial else ''}办法（{year}年）"
        )
        effective = formed + timedelta(days=30)
        years = 2 if trial else 5
        number = _number(unit, year, n)
        norm = Content(
            title=title,
            kind="normative_document",
            document_number=number,
            formed_on=formed,
            topic=random.choice(TOPICS),
            keywords=matter,
            item="20.1",
            effective_on=effective,
            expires_on=effective.replace(day=min(effective.day, 28), year=effective.year + years),
            body=texts.articles(random, matter, _own(unit)),
        )
        shown = _published(random, formed)
        relations: tuple[tuple[str, str], ...] = ()
        if year > YEARS[0] and random.random() < 0.45:
            kind = "repeals" if random.random() < 0.7 else "amends"
            relations = ((kind, _number(unit, year - 1, n)),)
        yield Old(unit.code, norm, shown, relations)
        reading = Content(
            title=f"《{title}》政策解读",
            kind="interpretation",
            formed_on=formed,
            topic=norm.topic,
            keywords=matter,
            body=texts.interpretation(random, title, matter),
        )
        yield Old(unit.code, reading, shown, (("interprets", number),))


def _periodic(random: Random, unit: Unit) -> Iterator[Old]:
    """Budgets, accounts and statistics; a few are missing, so that duties are overdue."""
    department = "部门" if unit.level != "county" else "政府"
    for year in YEARS:
        yield from _due(random, unit, f"{department}预算", str(year), date(year, 2, 20))
        yield from _due(random, unit, f"{department}决算", str(year - 1), date(year, 8, 25))
        if unit.level == "county":
            yield from _due(
                random, unit, "国民经济和社会发展统计公报", str(year - 1), date(year, 4, 10)
            )
            for quarter in (1, 2, 3):
                shown = date(year, quarter * 3 + 1, 20)
                yield from _due(random, unit, "季度统计信息", f"{year}Q{quarter}", shown)


def _due(random: Random, unit: Unit, what: str, period: str, formed: date) -> Iterator[Old]:
    if random.random() < 0.06 or formed > UNTIL - timedelta(days=20):
        return
    named = period.replace("Q", "年第") + ("季度" if "Q" in period else "年")
    statistics = what in {"季度统计信息", "国民经济和社会发展统计公报"}
    content = Content(
        title=f"{unit.name}{named}{what}",
        kind="statistics" if statistics else "budget",
        formed_on=formed,
        topic="财政金融",
        item="20.4" if statistics else "20.7",
        period=period,
        body=texts.accounts(random, named, what),
    )
    yield Old(unit.code, content, _published(random, formed), periodic=what)


def _guide(random: Random, unit: Unit) -> Old:
    formed = date(YEARS[0], 1, 10)
    content = Content(
        title=f"{unit.name}政府信息公开指南",
        kind="guide",
        formed_on=formed,
        topic="综合政务",
        body=texts.body(random, "政务公开", _own(unit), length=3),
    )
    return Old(unit.code, content, formed + timedelta(days=3))


def _day(random: Random, year: int) -> date | None:
    """A day of the year on which something was formed; None where it would be too young."""
    day = date(year, 1, 4) + timedelta(days=random.randint(0, 355))
    return day if day <= UNTIL - timedelta(days=45) else None


def _published(random: Random, formed: date, *, late: bool = False) -> date:
    return formed + timedelta(days=random.randint(31, 44) if late else random.randint(0, 16))


def _number(unit: Unit, year: int, n: int) -> str:
    name = unit.name.removeprefix(COUNTY)
    short = "青政发" if unit.level == "county" else f"青{name[:2]}发"
    return f"{short}〔{year}〕{n}号"


def _headed(unit: Unit, title: str, kind: str) -> str:
    return title if kind == "news" else f"{unit.name}{title}"


def _short(unit: Unit) -> str:
    return unit.name.removeprefix(COUNTY).replace("人民政府", "") or COUNTY


def _own(unit: Unit) -> str:
    return {"county": "县", "department": "县", "township": "镇", "street": "街道"}[unit.level]
