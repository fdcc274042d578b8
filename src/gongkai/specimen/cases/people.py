"""Who applies in the example: people and bodies that do not exist, at addresses that do not."""

from __future__ import annotations

from random import Random

from gongkai.specimen.places import COUNTY, STREETS, TOWNS

FAMILY = "赵钱孙李周吴郑王冯陈沈韩杨朱秦许何吕张孔曹严金魏陶姜谢邹喻柏"
GIVEN = (
    "青禾", "望舒", "云起", "知夏", "怀谷", "若川", "景行", "思远", "静姝", "明远", "雨桐", "子衿",
    "长庚", "听澜", "书砚", "采薇", "木槿", "南乔", "松年", "听雨", "一鸣", "晚晴", "修竹", "初阳",
)  # fmt: skip
BODIES: dict[str, tuple[str, ...]] = {
    "commercial": ("{word}商贸有限公司", "{word}建设工程有限公司", "{word}农民专业合作社"),
    "research": ("{word}研究院", "{word}大学公共管理学院"),
    "public_welfare": ("{word}环境保护协会", "{word}助学基金会"),
    "legal_service": ("{word}律师事务所", "{word}基层法律服务所"),
    "other": ("{word}村民委员会", "{word}小区业主委员会"),
}
WORDS = ("禾香", "澜川", "云溪", "松坪", "望江", "石漪", "霁山", "榕汀", "白鹭", "古渡", "柳泉")


def name(random: Random, kind: str) -> str:
    """The name of an applicant of that kind."""
    if kind == "natural_person":
        return random.choice(FAMILY) + random.choice(GIVEN)
    return random.choice(BODIES[kind]).format(word=random.choice(WORDS))


def address(random: Random) -> str:
    """Where they live."""
    town, street = random.choice(TOWNS), random.choice(STREETS)
    return f"{COUNTY}{town}{street}{random.randint(1, 180)}号"


def telephone(random: Random) -> str:
    """A number of a block that is given to nobody."""
    return f"1390000{random.randint(0, 9999):04}"
