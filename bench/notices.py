"""Invented public documents in any number: about 500 characters of official words each.

How often words occur follows Zipf's law: a few dozen stand in every third document, some hundred
in every tenth, thousands of place names in a few. The same number gives the same document.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate

from gongkai.publishing.search.entry import Entry

_COMMON = """
工作 管理 部门 单位 项目 人民政府 规定 建设 服务 实施 资金 社会 发展 财政 相关 组织 企业
保障 要求 安全 政府 信息 公开 责任 情况 生活 加强 监督 经济 农村 标准 预算 教育 落实 检查
环境 补贴 审批 评估 应急 行政 执法 许可 处罚 公示 申请 材料 登记 住房 土地 征收 补偿 安置
规划 审查 意见 通知 办法 细则 方案 报告 年度 统计 审计 采购 招标 合同 验收 质量 生产 事故
消防 食品 药品 卫生 医疗 医院 疾病 防控 养老 救助 低保 残疾人 就业 创业 培训 工资 劳动
社会保险 农业 种植 养殖 水利 水库 灌溉 防汛 抗旱 气象 地质灾害 林业 森林 防火 湿地 生态
环境保护 污染 排放 大气 水质 固体废物 垃圾 分类 交通 公路 桥梁 运输 客运 停车 城市 绿化 供水
供电 燃气 供热 物业 旧城改造 学校 学生 教师 招生 幼儿园 义务教育 职业教育 文化 图书馆 体育
旅游 文物 宣传 科技 创新 专利 知识产权 人才 税收 减免 优惠 贷款 金融 担保 融资 债务 风险
统筹 协调 推进 完善 健全 机制 体制 改革 试点 示范 目标 任务 考核 奖励 会议 研究 决定 批复
公告 目录 指南 流程 时限 窗口 数据 平台 系统 网络 电子 档案 保密 法治 复议 诉讼 听证 调解
信访 举报 投诉 热线 公安 治安 户籍 司法 公证 律师 民政 殡葬 婚姻 社区 选举 扶贫 产业 园区
投资 外资 贸易 价格 收费 计量 认证 商标 广告 消费者
"""
COMMON = tuple(_COMMON.split())
"""Official words, the most frequent first."""
_FIRST = "青柳白石云龙金玉清平安和永新东西南北上下大小长高红黄林松竹梅桃杏李杨"
_SECOND = "溪河山沟坪湾塘岭坡桥泉峰谷川洲渡塔井庄寨堡店铺营屯港岗湖"
_KIND_OF_PLACE = ("村", "镇", "乡", "小学", "公司", "合作社", "工程", "大道", "工业园", "林场")
_BETWEEN = ("", "", "", "的", "和", "、", "及", "对", "与", "按照", "应当", "，", "，", "。")
AGENCIES = ("qh", *(f"qh-{number:02}" for number in range(37)))
YEARS = tuple(range(2019, 2027))
KINDS = ("notice", "decision", "measure", "reply", "report", "plan", "announcement", "rules")
VALIDITIES = ("in_force", "in_force", "in_force", "amended", "lapsed", "repealed")
ITEMS = tuple(f"20.{number}" for number in range(1, 16))
WORDS_EACH = 118


def _places() -> list[str]:
    found = [a + b + kind for a in _FIRST for b in _SECOND for kind in _KIND_OF_PLACE]
    random.Random(8).shuffle(found)
    return found


PLACES = tuple(_places())
_VOCABULARY = COMMON + PLACES
_WEIGHTS = list(accumulate(1 / (rank + 45) for rank in range(len(_VOCABULARY))))
_RISING = list(accumulate(1 / (rank + 1) for rank in range(15)))


def notices(count: int, first: int = 1) -> Iterator[Entry]:
    """So many entries, their ids from `first` on."""
    return map(notice, range(first, first + count))


def notice(number: int) -> Entry:
    """The entry with that id."""
    chance = random.Random(number)
    words = chance.choices(_VOCABULARY, cum_weights=_WEIGHTS, k=WORDS_EACH)
    between = chance.choices(_BETWEEN, k=WORDS_EACH)
    agency = chance.choice(AGENCIES)
    year = chance.choice(YEARS)
    day = date(year, 1, 1) + timedelta(days=chance.randrange(330))
    return Entry(
        id=number,
        title=f"青禾县关于{''.join(words[:3])}的{chance.choice(('通知', '公告', '意见'))}",
        number=f"青政发〔{year}〕{number % 5000 + 1}号",
        index_number=f"{agency}/{year}-{number:07}",
        agency=agency,
        lineage=("qh",) if agency == "qh" else ("qh", agency),
        year=year,
        item=chance.choices(ITEMS, cum_weights=_RISING)[0],
        kind=chance.choice(KINDS),
        validity=chance.choice(VALIDITIES),
        published_on=day,
        formed_on=day - timedelta(days=3),
        keywords=(words[0], words[1]),
        text="".join(word + joint for word, joint in zip(words, between, strict=True)) + "。",
    )
