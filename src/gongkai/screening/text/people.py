"""Names beside what tells who they are: where somebody lives, their papers, lists of people."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.screening.text.finding import Hit, Severity, rule
from gongkai.screening.text.identity import REMEDY
from gongkai.screening.text.masking import masked, masked_address, masked_name
from gongkai.screening.text.subject import Subject

_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗"
    "凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛"
    "禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌"
    "霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳"
    "汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印"
    "宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴鬱胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍璩桑桂濮牛寿通边扈燕冀郏浦尚"
    "农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂"
    "晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公肖闫付代覃苟仝岳帅"
)
_COMPOUND = (
    "欧阳|太史|端木|上官|司马|东方|独孤|南宫|万俟|闻人|夏侯|诸葛|尉迟|公羊|赫连|澹台|皇甫|宗政|濮阳|公冶|太叔|申屠"
    "|公孙|慕容|仲孙|钟离|长孙|宇文|司徒|鲜于|司空|闾丘|子车|亓官|司寇|令狐|呼延|第五"
)
_NAME = rf"(?P<name>(?:{_COMPOUND}|[{_SURNAMES}])[\u4e00-\u9fff]{{1,2}})"
# Before a name stands a border or a word that announces one; after it a border or the sex.
_ANNOUNCING = (
    *("姓名", "居民", "村民", "当事人", "申请人", "户主", "患者", "职工", "学生", "业主", "同志"),
    *("原告", "被告", "负责人", "被处罚人", "联系人"),
)
_BEFORE = (
    r"(?:^|(?<=[\n\t,.;:、。 ()《》“”])|" + "|".join(f"(?<={word})" for word in _ANNOUNCING) + ")"
)
_AFTER = r"(?=[,、;(:\t ]|男|女|住|家住|现住|身份证)"
_DWELLING = (
    "(?:家庭住址|家庭地址|户籍所在地|户籍地址?|户口所在地|现住址|现住地|居住地址?|经常居住地|住址|住所地?"
    "|家住|现住|暂住|住(?=[于在:]))"
)
_DIVISION = "(?:省|市|县|区|镇|乡|街道|路|街|巷|村|组|弄|号|小区|栋|幢|室)"
_PLACE = rf"[\u4e00-\u9fffA-Za-z0-9]{{0,30}}?{_DIVISION}[\u4e00-\u9fffA-Za-z0-9#-]{{0,30}}"
_AT_HOME = re.compile(
    rf"{_DWELLING}[: 于在是为]{{0,3}}(?P<place>{_PLACE})"
    r"|住(?P<bare>[\u4e00-\u9fff]{1,10}(?:路|街|村|弄|巷|小区)[^,。;\n\t]{0,20}"
    r"\d+(?:号|组|室|幢|栋)[^,。;\n\t]{0,15})"
)
_NAMED = re.compile(rf"{_BEFORE}{_NAME}{_AFTER}")
_DETAIL = re.compile(
    rf"{_DWELLING}[: 于在是为]{{0,3}}{_PLACE}"
    r"|(?:公民)?身份(?:证)?(?:号码?|证号)?[: 为]{0,3}[1-8]\d{5}"
    r"|(?:手机|电话)(?:号码?)?[: 为]{0,3}1[3-9]\d"
)
_NOT_NAMES = re.compile(
    r"(?:[县市区镇乡村组路街]|[局厅委办部院校处科所站队]|[法案条例]|项目|单位|公司|时间|地址|方式|内容|情况)$"
)
_CONTACT = re.compile("联系人|联系方式|咨询|监督|举报|负责人|经办人|受理")
_NEAR = 40


@rule(
    "personal.named_details",
    "error",
    "姓名与住址、证件或者电话同时出现",
    "A name together with an address, papers or a telephone number",
    remedy=REMEDY,
    mask=masked_name,
)
def named_details(subject: Subject) -> Iterator[Hit]:
    text = subject.folded
    seen = -1
    for detail in _DETAIL.finditer(text):
        line, _ = subject.line(detail.start())
        start = max(line, detail.start() - _NEAR, seen)
        names = [
            match
            for match in _NAMED.finditer(text, start, detail.start() + 1)
            if match.end() <= detail.start() and not _NOT_NAMES.search(match["name"])
        ]
        if not names or "。" in text[names[-1].end() : detail.start()]:
            continue
        name = names[-1]
        seen = name.end()
        called = "电话" in detail[0] or "手机" in detail[0]
        official = called and _CONTACT.search(subject.before(detail.start(), _NEAR))
        yield Hit(
            *name.span("name"),
            severity="review" if official else None,
            topic=detail[0][:2],
        )


@rule(
    "personal.address",
    "review",
    "个人住址",
    "Private address",
    remedy=REMEDY,
    mask=masked_address,
)
def address(subject: Subject) -> Iterator[Hit]:
    for match in _AT_HOME.finditer(subject.folded):
        group = "place" if match["place"] else "bare"
        label = match[0][: match.start(group) - match.start()]
        business = label.startswith("住所") and re.search(
            "公司|法人|企业|机构|注册|名称|经营", subject.before(match.start(), _NEAR)
        )
        if not business:
            yield Hit(*match.span(group))


_PEOPLE = re.compile(
    r"(?:^|\t)[^\t]{0,6}(?:姓名|户主|人员|申请人|学生|名字|受益人)[^\t]{0,6}(?=\t|$)"
)
_PRIVATE = re.compile(
    r"身份证|证件号|公民身份|银行卡|卡号|账号|帐号|手机|电话|住址|家庭地址|出生(?:年月|日期)|病|残疾证"
)
_STRONG = re.compile(r"身份证|证件号|公民身份|银行卡|卡号|账号|帐号")


@rule(
    "personal.name_list",
    "error",
    "名单中有姓名和个人信息栏",
    "A list of names with a column of personal data",
    remedy=REMEDY,
    mask=masked,
)
def name_list(subject: Subject) -> Iterator[Hit]:
    lines = subject.folded.split("\n")
    index = position = 0
    while index < len(lines):
        head, rows = lines[index], 0
        if "\t" in head and _PEOPLE.search(head) and _PRIVATE.search(head):
            rows = _rows_under(lines, index)
            severity = _gravity(head, lines[index + 1 : index + 1 + rows])
            if severity:
                yield Hit(position, position + len(head), severity=severity)
        position += sum(len(line) + 1 for line in lines[index : index + 1 + rows])
        index += 1 + rows


def _rows_under(lines: list[str], index: int) -> int:
    """How many rows with as many cells follow a head."""
    cells = lines[index].count("\t")
    end = index + 1
    while end < len(lines) and lines[end].count("\t") == cells:
        end += 1
    return end - index - 1


def _gravity(head: str, rows: list[str]) -> Severity | None:
    """How grave a list is: by what its columns hold, and whether that is masked."""
    columns = [index for index, cell in enumerate(head.split("\t")) if _PRIVATE.search(cell)]
    cells = (row.split("\t") for row in rows)
    values = [value for row in cells for column in columns if len(value := row[column].strip()) > 1]
    if not values:
        return None
    if all("*" in value or "×" in value for value in values):
        return "note"
    return "error" if _STRONG.search(head) else "review"
