"""What people type finds what they mean, however rjieba cuts it."""

from __future__ import annotations

import pytest

from gongkai.publishing.search.backend import Query
from tests.publishing.search.killing import invented

TEXTS = {
    1: ("关于印发《青禾县城乡居民最低生活保障实施细则（试行）》的通知", "青政发〔2023〕15号"),
    2: ("青禾县财政局关于2024年度财政预算执行情况的报告", "青财预〔2024〕7号"),
    3: ("柳溪镇人民政府关于南坝头村饮水安全工程的公告", "柳政告〔2025〕第003号"),
    4: ("關於做好防汛抗旱工作的緊急通知", "青防指發電〔2022〕1號"),
    5: ("青禾县数据局关于Open Data平台上线及GB/T 9704—2012执行的说明", ""),
    6: ("青禾县行政规范性文件管理办法", "青禾县人民政府令第3号"),
}
BODIES = {
    1: "共同生活的家庭成员人均收入低于保障标准的，可以申请。联系人设在社会救助科。",
    2: "一般公共预算收入12.5亿元，比上年增长3.8%。“三公”经费支出持续下降。",
    3: "南坝头村与白鹭洲社区之间铺设管道4.2公里，由白鹭洲水厂供水。",
    4: "各鄉鎮、縣直各部門應當落實二十四小時值班制度，瞭解水情雨情。",
    5: "接口采用HTTPS，联系data@example.org。Ａ类数据优先开放。",
    6: "本办法自2026年1月1日起施行，有效期五年。乾旱地区另行规定。",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    from gongkai.publishing.search.index import EmbeddedIndex  # noqa: PLC0415

    made = EmbeddedIndex(tmp_path_factory.mktemp("search"))
    entries = [
        invented(number, title=title, number=reference, keywords=(), text=BODIES[number])
        for number, (title, reference) in TEXTS.items()
    ]
    made.rebuild(entries, 1, lambda _: None)
    return made


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        # words as rjieba knows them, and longer ones it does not
        ("最低生活保障", {1}),
        ("城乡居民", {1}),
        ("实施细则", {1}),
        ("规范性文件", {6}),
        ("预算执行情况", {2}),
        ("社会救助", {1}),
        # place names, whole and in part
        ("青禾县", {1, 2, 5, 6}),
        ("青禾", {1, 2, 5, 6}),
        ("柳溪镇", {3}),
        ("柳溪", {3}),
        ("南坝头村", {3}),
        ("南坝头", {3}),
        ("坝头村", {3}),
        ("白鹭洲", {3}),
        ("白鹭洲水厂", {3}),
        ("鹭洲社区", {3}),
        # cut otherwise in the text
        ("政局关于", {2}),
        ("民最低", {1}),
        ("生活的家庭", {1}),
        ("安全工程", {3}),
        # while typing
        ("最低生", {1}),
        ("城乡居", {1}),
        ("饮水安", {3}),
        ("防汛抗", {4}),
        # Traditional and Simplified, either way
        ("防汛抗旱", {4}),
        ("緊急通知", {4}),
        ("紧急通知", {4}),
        ("城鄉居民最低生活保障", {1}),
        ("了解水情", {4}),
        ("乡镇", {4}),
        ("干旱", {6}),
        ("乾旱", {6}),
        # full width, letters, digits
        ("ＯＰＥＮ　ＤＡＴＡ", {5}),
        ("open data", {5}),
        ("GB/T9704", {5}),
        ("gb/t 9704-2012", {5}),
        ("A类数据", {5}),
        ("https", {5}),
        ("12.5亿元", {2}),
        ("3.8%", {2}),
        ("2024年度", {2}),
        ("2024年", {2}),
        ("2026年1月1日", {6}),
        # numbers of documents, whole and in part, in any brackets
        ("青政发〔2023〕15号", {1}),
        ("青政发[2023]15号", {1}),
        ("青政发 2023 15", {1}),
        ("〔2024〕7号", {2}),
        ("青财预", {2}),
        ("柳政告〔2025〕第003号", {3}),
        ("青防指发电〔2022〕1号", {4}),
        ("人民政府令第3号", {6}),
        # several words, in any order, with words that say nothing
        ("预算 青禾", {2}),
        ("居民的保障", {1}),
        ("水厂和管道", {3}),
        ("“三公”经费", {2}),
        # phrases
        ('"共同生活的家庭"', {1}),
        ('"细则（试行）"', {1}),
        ('"家庭生活"', set()),
        ("「南坝头村与白鹭洲」", {3}),
        # one character, in titles
        ("汛", {4}),
        # what is not there
        ("渔业", set()),
        ("预算 渔业", set()),
        ("2019", set()),
    ],
)
def test_typed_words_find_what_holds_them(index, typed, found):
    assert {hit.id for hit in index.search(Query(typed)).hits} == found


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("青政发(2023)15", {1}),
        ("柳政告【2025】3号", {3}),
        ("青防指发电〔2022〕1号", {4}),
        ("青禾县人民政府令第3号", {6}),
        ("青政发〔2023〕1号", set()),
        ("政发〔2023〕15号", set()),
        ("qh-sl/2026-00005", {5}),
    ],
)
def test_an_exact_number_finds_its_document_alone(index, typed, found):
    assert {hit.id for hit in index.search(Query(number=typed)).hits} == found
