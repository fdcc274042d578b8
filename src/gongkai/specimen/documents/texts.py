"""Invented official writing: paragraphs, tables and whole bodies."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from gongkai.specimen.places import STREETS, TOWNS

OPENINGS = (
    "为进一步做好{matter}工作，根据有关法律法规和上级部署，结合本{own}实际，现将有关事项通知如下。",
    "为规范{matter}工作，保障群众合法权益，经研究，现就有关事项明确如下。",
    "按照年度工作安排，现就{matter}有关工作作出如下安排。",
    "为解决{matter}中群众反映集中的问题，经广泛听取意见，制定以下措施。",
)
CLAUSES = (
    "各有关单位要明确牵头科室和具体责任人，按月报送{matter}进展情况，遇有重大问题及时报告。",
    "申请{matter}相关事项的，由本人向所在村（社区）提出，村（社区）在五个工作日内提出初步意见并张榜公示。",
    "经办机构收到材料后，应当一次性告知需要补充的内容，不得要求群众重复提交已经掌握的证明。",
    "对符合条件的，自受理之日起二十个工作日内办结；不符合条件的，书面说明理由并告知救济途径。",
    "{town}、{town2}先行开展{matter}试点，六月底前形成可以推广的做法。",
    "资金实行专账管理、专款专用，任何单位和个人不得截留、挤占、挪用，违者依规依纪处理。",
    "各乡镇要通过公示栏、广播和入户走访等方式，把{matter}的对象、标准和程序讲清楚，做到应知尽知。",
    "对{matter}工作中发现的安全隐患，要建立台账，逐项整改销号；一时不能整改的，落实管控措施。",
    "现场办理地点设在{street}便民服务中心，工作日上午九时至十二时、下午一时三十分至五时受理。",
    "年度考核时，将{matter}完成情况作为重要内容；工作推进不力的，予以通报。",
    "涉及个人信息的材料，只用于办理本事项，办结后按档案管理规定保存，不得向无关人员提供。",
    "鼓励社会力量依法参与{matter}，具体办法由主管部门另行制定。",
)
DUTIES = ("提高认识", "压实责任", "加强宣传", "严格程序", "强化监督", "保障资金", "及时总结")
CLOSINGS = (
    "本通知自印发之日起施行。",
    "执行中遇到的问题，请及时反馈。",
    "以上事项，请认真贯彻执行。",
)
NUMERALS = "一二三四五六七八九十"


def body(random: Random, matter: str, own: str, *, length: int = 4) -> str:
    """Paragraphs on a matter, numbered as official documents are."""
    opening = _said(random, random.choice(OPENINGS), matter, own)
    points = random.sample(CLAUSES, k=min(length, len(CLAUSES)))
    heads = random.sample(DUTIES, k=min(length, len(DUTIES)))
    parts = [f"<p>{opening}</p>\n"]
    for place, (head, point) in enumerate(zip(heads, points, strict=False)):
        parts.append(f"<h2>{NUMERALS[place]}、{head}</h2>\n")
        parts.append(f"<p>{_said(random, point, matter, own)}</p>\n")
    parts.append(f"<p>{random.choice(CLOSINGS)}</p>\n")
    return "".join(parts)


def articles(random: Random, matter: str, own: str) -> str:
    """The articles of a normative document."""
    parts = [f"<p>第一条　为了规范{matter}，维护公共利益和当事人合法权益，制定本办法。</p>\n"]
    parts.append(f"<p>第二条　本{own}行政区域内的{matter}活动，适用本办法。</p>\n")
    for place, point in enumerate(random.sample(CLAUSES, k=6), start=3):
        parts.append(f"<p>第{NUMERALS[place - 1]}条　{_said(random, point, matter, own)}</p>\n")
    parts.append("<p>第九条　违反本办法规定的，由有关主管部门依照法律、法规处理。</p>\n")
    return "".join(parts)


def interpretation(random: Random, title: str, matter: str) -> str:
    """What a new document means for people."""
    heads = ("一、制定的背景和依据", "二、主要内容", "三、适用范围", "四、与原有政策的不同")
    said = (
        f"近年来群众对{matter}提出了不少意见建议。为回应关切，起草单位开展了调研，并公开征求意见。",
        f"《{title}》明确了{matter}的对象、标准、程序和监督办法，共九条。",
        "适用于本行政区域内的机关、企业事业单位和个人。",
        f"办理时限缩短为{random.choice((10, 15, 20))}个工作日，材料减少{random.choice((2, 3))}项。",
    )
    return "".join(
        f"<h2>{head}</h2>\n<p>{text}</p>\n" for head, text in zip(heads, said, strict=True)
    )


def table(random: Random, head: Sequence[str], rows: Sequence[str]) -> str:
    """A table with a figure for each row and column."""
    cells = "".join(f"<th>{word}</th>" for word in head)
    lines = "".join(
        f"<tr><td>{name}</td>"
        + "".join(f"<td>{random.randint(3, 9_999):,}</td>" for _ in head[1:])
        + "</tr>\n"
        for name in rows
    )
    return f"<table>\n<tbody>\n<tr>{cells}</tr>\n{lines}</tbody>\n</table>\n"


def accounts(random: Random, period: str, what: str) -> str:
    """A budget, an account or a statistical release, with its table."""
    rows = ("一般公共服务", "教育", "社会保障和就业", "卫生健康", "城乡社区", "农林水")
    figures = table(random, ("项目", "金额（万元）", "上年（万元）"), rows)
    growth = random.randint(1, 90) / 10
    return (
        f"<p>现将{period}{what}公开如下，数据以最终核定为准。</p>\n{figures}"
        f"<p>与上年相比，总额增长{growth}%，主要是民生支出增加。详细说明见附表注释。</p>\n"
    )


def _said(random: Random, text: str, matter: str, own: str) -> str:
    town, town2 = random.sample(TOWNS, k=2)
    return text.format(
        matter=matter, own=own, town=town, town2=town2, street=random.choice(STREETS)
    )
