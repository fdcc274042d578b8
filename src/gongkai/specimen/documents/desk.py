"""What lies on the desk of the example: a document at every stage, some late or with findings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from gongkai.publishing.document.content import Content

Stage = Literal[
    "draft", "in_review", "returned", "approved", "scheduled", "filed", "published", "withdrawn"
]


@dataclass(frozen=True, slots=True)
class Begun:
    """A document of an office, how far it has come, and how many steps of its review are done."""

    office: str
    content: Content
    stage: Stage = "draft"
    steps: int = 0
    remarks: tuple[tuple[str, str], ...] = ()
    comment: str = ""


def begun(today: date) -> Iterator[Begun]:
    """The documents on the desk, dated around today so that some are due and some are late."""
    yield from _police(today)
    yield from _civil_affairs(today)


def _notice(title: str, formed: date, body: str, **more: object) -> Content:
    usual: dict[str, object] = {
        "title": title,
        "kind": "notice",
        "formed_on": formed,
        "topic": "民生保障",
        "item": "20.15",
        "body": f"<p>{body}</p>",
    }
    return Content(**{**usual, **more})  # type: ignore[arg-type]


def _police(today: date) -> Iterator[Begun]:
    office = "公安局"
    yield Begun(
        office,
        _notice(
            "关于调整冬季道路交通限行时段的通告",
            today - timedelta(days=26),
            "自下月一日起，禾香路上下学时段限制货车通行。",
            document_number=f"青公发〔{today.year}〕31号",
        ),
    )
    yield Begun(
        office,
        _notice(
            "关于电动自行车集中登记的通知",
            today - timedelta(days=40),
            "请车主携带购车凭证到便民服务中心登记。登记人员名单：示例人，身份证号110101199003070038。",
        ),
        "in_review",
    )
    yield Begun(
        office,
        _notice(
            "关于冬季渡口夜间巡查安排的通知",
            today - timedelta(days=11),
            "各渡口所在派出所每晚八时以后安排一次巡查，并做好记录。",
        ),
        "in_review",
        1,
    )
    yield Begun(
        office,
        _notice(
            "关于开展反诈宣传进村入户活动的通知",
            today - timedelta(days=6),
            "各派出所要在十二月底前走访完辖区住户。内部资料，注意保存。",
        ),
        "in_review",
    )
    yield Begun(
        office,
        _notice(
            "关于规范养犬管理的通告",
            today - timedelta(days=9),
            "养犬人应当办理登记，携犬出户时使用犬绳。",
        ),
        "returned",
        0,
        (("请写明登记的地点和期限。", "养犬人应当办理登记"),),
        "请按修改意见补充后再报。",
    )


def _civil_affairs(today: date) -> Iterator[Begun]:
    office = "民政局"
    yield Begun(
        office,
        _notice(
            "关于发放冬季取暖临时救助的公告",
            today - timedelta(days=4),
            "符合条件的家庭可向所在村（社区）提出申请。",
        ),
        "approved",
        3,
    )
    yield Begun(
        office,
        _notice(
            "关于公布养老服务设施名单的公告",
            today - timedelta(days=3),
            "现将全县养老服务设施名单公布，供群众选择。",
        ),
        "scheduled",
        3,
    )
    yield Begun(
        office,
        _notice(
            "关于临时救助标准调整的讨论记录",
            today - timedelta(days=12),
            "会议讨论了调整标准的几种方案，未形成决定。",
            disclosure="withheld",
            ground="N16_PROCESS",
            reason="属于作出决定前的内部讨论记录。",
            evaluate_on=today + timedelta(days=20),
        ),
        "filed",
        3,
    )
    yield Begun(
        office,
        _notice(
            "关于最低生活保障标准的公告",
            today - timedelta(days=8),
            "自明年一月一日起，全县最低生活保障标准作如下调整。",
        ),
        "published",
        3,
    )
    yield Begun(
        office,
        _notice(
            "关于公布社会组织年检结果的公告",
            today - timedelta(days=15),
            "现将今年社会组织年检结果公布如下。",
        ),
        "withdrawn",
        3,
        comment="附表与审核通过的名单不一致。",
    )
