"""What lies on the desk of the example's offices: an application at every stage, around today.

Each is told as the steps that were taken, so that whoever plays the example takes them with the
verbs that an officer uses.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import cycle
from random import Random
from typing import Any

from gongkai.law.calendar import WorkingCalendar
from gongkai.specimen.cases import people
from gongkai.specimen.places import TOWNS

OFFICES = ("公安局", "民政局")
Step = tuple[str, dict[str, Any]]
"""A verb and what it takes; `ago` are working days before today."""


@dataclass(frozen=True, slots=True)
class Begun:
    """An application on a desk: whose office, how it came, how many working days ago, for what."""

    office: str
    channel: str
    kind: str
    ago: int
    description: str
    name: str
    telephone: str
    address: str
    steps: tuple[Step, ...] = ()


DENIED = {
    "outcome": "A4",
    "ground": "N16_PROCESS",
    "answer": "该方案的讨论稿",
    "reasons": "所申请的是讨论中的过程稿，尚未形成决定，公开会影响正在进行的研究",
}
THIRD = {
    "outcome": "A4",
    "ground": "N15_TP",
    "answer": "该企业的报价资料",
    "reasons": "第三方不同意公开，理由合理，公开会损害其合法权益",
}
PUBLIC = {"outcome": "A1", "way": "青禾县人民政府网站“政府信息公开”专栏"}
NONE = {
    "outcome": "A6",
    "findings": "查阅了档案室和业务系统",
    "reasons": "经检索，本机关没有制作或者保存该信息",
}
OTHER = {
    "outcome": "A7",
    "other_agency": "青禾县自然资源局",
    "other_contact": "青禾县禾香路12号",
    "reasons": "该信息由自然资源局在办理审批时制作",
}
SEARCH = {"places": "档案室、业务系统", "words": "按文号和年度检索", "result": "没有检索到"}
ASKED = {
    "name": "禾香商贸有限公司",
    "address": "青禾县商贸街九号",
    "about": "该企业投标时提交的报价资料",
}

TAKEN: Step = ("take_up", {})

PLAYED: tuple[tuple[str, int, tuple[Step, ...]], ...] = (
    ("web", 1, ()),
    ("web", 3, (("ask_confirmation", {"ago": 2}),)),
    ("email", 2, ()),
    ("web", 4, (("confirm", {"ago": 3}),)),
    ("counter", 0, ()),
    ("counter", 2, (TAKEN,)),
    ("registered_post", 5, (TAKEN, ("assign", {"ago": 4, "due": 3}))),
    ("counter", 9, (TAKEN, ("assign", {"ago": 8, "due": 3}))),
    ("oral", 3, (TAKEN, ("ask_correction", {"ago": 1}))),
    ("counter", 12, (("ask_correction", {"ago": 8}), ("record_correction", {"ago": 2}))),
    ("counter", 30, (("ask_correction", {"ago": 26}),)),
    ("counter", 10, (TAKEN, ("consult", {"ago": 6}))),
    (
        "registered_post",
        15,
        (TAKEN, ("consult", {"ago": 12}), ("object", {"ago": 4}), ("draft", THIRD)),
    ),
    ("counter", 22, (TAKEN,)),
    ("web", 31, (("confirm", {"ago": 27}), TAKEN)),
    ("counter", 19, (TAKEN, ("extend", {"ago": 1}))),
    ("registered_post", 24, (("extend", {"ago": 6}), TAKEN)),
    ("counter", 18, (TAKEN, ("record_search", SEARCH), ("draft", NONE))),
    ("counter", 20, (TAKEN, ("draft", DENIED))),
    ("counter", 13, (TAKEN, ("charge", {"ago": 6}),)),
    ("counter", 16, (TAKEN, ("charge", {"ago": 12}), ("record_payment", {"ago": 7}))),
    ("web", 6, (("confirm", {"ago": 5}), ("withdraw", {"ago": 2}))),
    ("counter", 14, (TAKEN, ("confer", {"ago": 10}), ("draft", DENIED), ("hand_in", {}))),
    ("counter", 17, (TAKEN, ("draft", PUBLIC), ("hand_in", {}), ("approve", {"steps": 1}))),
    ("counter", 15, (TAKEN, ("draft", PUBLIC), ("hand_in", {}), ("send_back", {}))),
    ("counter", 16, (TAKEN, ("draft", DENIED), ("hand_in", {}), ("approve", {"steps": 9}))),
    ("registered_post", 18, (TAKEN, ("draft", OTHER), ("hand_in", {}), ("approve", {"steps": 9}))),
    ("counter", 12, (TAKEN, ("draft", PUBLIC), ("sign", {}))),
    ("counter", 14, (TAKEN, ("draft", DENIED), ("sign", {}), ("dispatch", {"manner": "post"}))),
    ("counter", 13, (TAKEN, ("draft", PUBLIC), ("sign", {}), ("dispatch", {"manner": "handed"}))),
    ("counter", 11, (TAKEN, ("draft", OTHER), ("sign", {}), ("dispatch", {"manner": "handed"}),
                     ("close", {}))),
    ("registered_post", 10, (TAKEN, ("record_search", SEARCH), ("draft", NONE), ("sign", {}),
                             ("dispatch", {"manner": "handed"}), ("close", {}), ("file", {}))),
    ("counter", 19, (TAKEN, ("draft", DENIED), ("sign", {}), ("dispatch", {"manner": "handed"}),
                     ("close", {}), ("appeal", {}))),
)  # fmt: skip
"""Channel, working days ago, and steps; played once at each office."""


def begun(seed: int = 1) -> Iterator[Begun]:
    """Some sixty applications at two offices. Deterministic by seed."""
    for office in OFFICES:
        random = Random(f"desk {seed} {office}")  # noqa: S311 - invented data
        kinds = cycle(("natural_person", "natural_person", "commercial", "legal_service"))
        for place, (channel, ago, steps) in enumerate(PLAYED, 1):
            kind = next(kinds)
            yield Begun(
                office=office,
                channel=channel,
                kind=kind,
                ago=ago,
                description=_wanted(office, place),
                name=people.name(random, kind),
                telephone=people.telephone(random),
                address=people.address(random),
                steps=steps,
            )


def before(calendar: WorkingCalendar, today: date, ago: int) -> date:
    """The working day so many working days before today; today itself for 0."""
    return calendar.add(today, -ago).date if ago else today


def _wanted(office: str, place: int) -> str:
    matters = {
        "公安局": (
            "交通信号设施采购的合同",
            "电动自行车登记点的设置方案",
            "货车限行的论证材料",
            "户籍窗口办件量的统计",
        ),
        "民政局": (
            "临时救助资金的发放情况",
            "养老服务设施的验收报告",
            "殡葬服务收费的成本资料",
            "村民委员会换届的工作方案",
        ),
    }
    chosen = matters[office]
    town, matter = divmod(place - 1, len(chosen))
    return f"{TOWNS[town]}{chosen[matter]}"
