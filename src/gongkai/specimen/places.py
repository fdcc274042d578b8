"""Invented places and agencies. None of them exists; the numbers lead nowhere."""

from __future__ import annotations

from random import Random

from gongkai.specimen.tables import Size

PROVINCE = "云岭省"
CITY = "澜川市"
COUNTY = "青禾县"

COUNTIES = ("青禾县", "石漪县", "望榆县", "鹿汀区", "沐澜区", "栖禾县", "云砚区", "霁山县")
CITIES = ("澜川市", "临霁市", "榕汀市")
DEPARTMENTS = (
    "发展和改革局", "教育和体育局", "科学技术局", "工业和信息化局", "公安局", "民政局", "司法局",
    "财政局", "人力资源和社会保障局", "自然资源局", "生态环境局", "住房和城乡建设局", "交通运输局",
    "水务局", "农业农村局", "商务局", "文化和旅游局", "卫生健康局", "退役军人事务局",
    "应急管理局", "审计局", "市场监督管理局", "统计局", "医疗保障局", "林业和草原局",
    "城市管理综合行政执法局",
)  # fmt: skip
TOWNS = (
    "柳泉镇", "双桥镇", "白鹭镇", "松坪镇", "古渡镇", "云溪镇", "石榴镇",
    "枫桥岭乡", "青坝乡", "小河乡",
)  # fmt: skip
SUBDISTRICTS = ("东湖街道办事处", "北门街道办事处", "南园街道办事处")
STREETS = ("禾香路", "临川大道", "青石巷", "望江街", "松风路")


def agency(random: Random, size: Size) -> str:
    """The name of an agency that could have figures of that size."""
    county = random.choice(COUNTIES)
    if size == "city":
        return f"{random.choice(CITIES)}人民政府"
    if size == "large":
        return random.choice((f"{county}人民政府", f"{random.choice(CITIES)}自然资源局"))
    if size == "medium":
        return f"{county}{random.choice((*DEPARTMENTS, '人民政府办公室'))}"
    town = random.choice(TOWNS)
    return random.choice((f"{county}{town}人民政府", f"{county}{random.choice(SUBDISTRICTS)}"))


def own_name(name: str) -> str:
    """What an agency calls itself in its own text: 我局, 我镇, 全县 …"""
    for ending, own in (
        ("镇人民政府", "我镇"),
        ("乡人民政府", "我乡"),
        ("街道办事处", "街道"),
        ("县人民政府", "全县"),
        ("区人民政府", "全区"),
        ("市人民政府", "全市"),
        ("委员会", "我委"),
        ("局", "我局"),
    ):
        if name.endswith(ending):
            return own
    return "本机关"


def contact(random: Random, name: str) -> str:
    """An address that leads nowhere: 0000 is no area code, .invalid no domain."""
    return (
        f"地址：{random.choice(STREETS)}{random.randint(1, 200)}号，邮编：000000，"
        f"电话：0000-{random.randint(1000000, 9999999)}，"
        f"电子邮箱：gongkai{len(name)}@example.invalid"
    )
