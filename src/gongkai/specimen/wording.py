"""The narrative parts of an invented report: sentences whose figures agree with its tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from gongkai.annual_report.figures import Figure, Report, Section
from gongkai.law.forms import Address, form
from gongkai.specimen import phrases, places


@dataclass(frozen=True)
class Facts:
    """What the sentences may claim: the totals of the tables, by short names."""

    agency: str
    year: int
    version: str
    figures: Mapping[Address, Figure]
    previous: Report | None = None

    @property
    def own(self) -> str:
        return places.own_name(self.agency)

    def total(self, *codes: str) -> int:
        """The 总计 of one or more rows of the applications table, added up."""
        return sum(int(self.figures.get(f"applications.{code}.total") or 0) for code in codes)

    def group(self, prefix: str) -> int:
        """The 总计 of a group of rows, such as "3.3" for 不予公开."""
        codes = [
            c for c in form(self.version).row_codes if c == prefix or c.startswith(prefix + ".")
        ]
        return self.total(*codes)

    def appeals(self, *groups: str) -> int:
        return sum(int(self.figures.get(f"appeals.{group}.total") or 0) for group in groups)

    def proactive(self, address: str) -> int:
        return int(self.figures.get(f"proactive.{address}") or 0)


def preface(random: Random, facts: Facts) -> str:
    """基本情况: what it rests on, the statistical period, whom to ask."""
    return "".join(
        (
            random.choice(phrases.BASIS).format(reference=form(facts.version).reference),
            random.choice(phrases.PARTS),
            random.choice(phrases.PERIODS).format(year=facts.year),
            f"如对本报告有疑问，请与{facts.agency}联系（{places.contact(random, facts.agency)}）。",
        )
    )


def sections(random: Random, facts: Facts) -> tuple[Section, ...]:
    """The six parts under their official titles; the tables are not in the text."""
    texts = {
        1: _overview(random, facts),
        5: _problems(random, facts),
        6: _other_matters(random, facts),
    }
    return tuple(
        Section(head.number, head.title, texts.get(head.number, ""))
        for head in form(facts.version).sections
    )


def _overview(random: Random, facts: Facts) -> str:
    opening = random.choice(phrases.OPENINGS).format(year=facts.year, own=facts.own)
    parts = [
        ("主动公开", _disclosed(random, facts)),
        ("依申请公开", _applications(random, facts)),
        ("政府信息管理", random.choice(phrases.MANAGEMENT)),
        ("政府信息公开平台建设", random.choice(phrases.PLATFORM)),
        ("监督保障", random.choice(phrases.SUPERVISION)),
    ]
    number = random.choice((phrases.ROUND_NUMBERS, phrases.PLAIN_NUMBERS))
    mark = random.choice(("。", "情况。", "方面。"))
    body = [f"{number[i]}{head}{mark}{text}" for i, (head, text) in enumerate(parts)]
    return "\n".join([opening, *body])


def _disclosed(random: Random, facts: Facts) -> str:
    published = facts.proactive("normative_documents.made") * 9 + random.randint(12, 400)
    text = random.choice(phrases.DISCLOSED).format(own=facts.own, count=published)
    if facts.version == "2021" and random.random() < 0.7:
        text += random.choice(phrases.DOCUMENTS).format(
            made=facts.proactive("normative_documents.made"),
            repealed=facts.proactive("normative_documents.repealed"),
            in_force=facts.proactive("normative_documents.in_force"),
        )
    return text


def _applications(random: Random, facts: Facts) -> str:
    received, carried = facts.total("1"), facts.total("2")
    if not received and not carried:
        text = random.choice(phrases.NONE_RECEIVED).format(year=facts.year, own=facts.own)
        return text + _appeals(random, facts)
    text = random.choice(phrases.RECEIVED).format(year=facts.year, own=facts.own, received=received)
    text += _trend(facts, received) + _channels(random, received) + "。"
    text += random.choice(phrases.HANDLED if carried else phrases.HANDLED_NEW).format(
        handled=facts.total("3.7"), carried=carried
    )
    text += _outcomes(random, facts)
    pending = facts.total("4")
    text += random.choice(phrases.PENDING if pending else phrases.NOTHING_PENDING).format(
        pending=pending, next=facts.year + 1
    )
    return text + _appeals(random, facts)


def percent(now: int, last: int) -> str:
    """The size of a change in per cent with one decimal, e.g. 20.8."""
    change = abs(Decimal(now - last)) * 100 / Decimal(last)
    return str(change.quantize(Decimal("0.1"), ROUND_HALF_UP))


def _trend(facts: Facts, received: int) -> str:
    previous = facts.previous
    last = int(previous.figures.get("applications.1.total") or 0) if previous else 0
    if not last or not received:
        return ""
    if received == last:
        return f"，与{facts.year - 1}年持平"
    direction = "增长" if received > last else "下降"
    return f"，较{facts.year - 1}年{direction}{percent(received, last)}%"


def _channels(random: Random, received: int) -> str:
    if received < 4 or random.random() < 0.4:
        return ""
    online = random.randint(1, received - 2)
    post = random.randint(1, received - online - 1)
    counter = received - online - post
    return random.choice(phrases.CHANNELS).format(online=online, post=post, counter=counter)


def _outcomes(random: Random, facts: Facts) -> str:
    if not facts.total("3.7"):
        return ""
    claims = [
        (word, facts.group(code))
        for word, code in (
            ("予以公开", "3.1"),
            ("部分公开", "3.2"),
            ("不予公开", "3.3"),
            ("无法提供", "3.4"),
            ("不予处理", "3.5"),
            ("其他处理", "3.6"),
        )
    ]
    named = [(word, count) for word, count in claims if count or random.random() < 0.3]
    joined = "、".join(f"{word}{count}件" for word, count in named)
    return f"其中{joined}。"


def _appeals(random: Random, facts: Facts) -> str:
    reconsideration = facts.appeals("reconsideration")
    litigation = facts.appeals("litigation_direct", "litigation_after_reconsideration")
    if not reconsideration and not litigation:
        return random.choice(phrases.NO_APPEALS)
    return random.choice(phrases.APPEALS).format(
        reconsideration=reconsideration, litigation=litigation
    )


def _problems(random: Random, facts: Facts) -> str:
    """Section five; problems move on from year to year, so that no year repeats the last."""
    start = sum(map(ord, facts.agency)) + facts.year * 3
    picked = [phrases.PROBLEMS[(start + i) % len(phrases.PROBLEMS)] for i in range(3)]
    openings = phrases.PROBLEM_OPENINGS
    opening = openings[(start // 3) % len(openings)].format(own=facts.own, year=facts.year)
    numbers = ("一是", "二是", "三是")
    faults = "".join(f"{n}{fault}。" for n, (fault, _) in zip(numbers, picked, strict=True))
    cures = "".join(f"{n}{cure}。" for n, (_, cure) in zip(numbers, picked, strict=True))
    return (
        f"{opening}\n（一）存在的主要问题。{faults}\n"
        f"（二）改进情况。{random.choice(phrases.CURE_OPENINGS)}{cures}"
    )


def _other_matters(random: Random, facts: Facts) -> str:
    notices = facts.total("3.6.2")
    template = random.choice(phrases.FEE_NOTICES if notices else phrases.NO_FEES)
    fee = template.format(year=facts.year, own=facts.own, notices=notices)
    more = random.choice(phrases.MORE_MATTERS).format(year=facts.year, own=facts.own)
    return f"{fee}{more}"
