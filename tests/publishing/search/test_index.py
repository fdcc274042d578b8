"""The index holds what it was given and nothing else, and finds, counts and orders it."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import chain

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.publishing.search.backend import DEEPEST, FILTERS, Query, Sort, SuggestionKind
from gongkai.publishing.search.entry import Change
from gongkai.publishing.search.index import EmbeddedIndex
from tests.publishing.search.killing import invented

FIRST, SECOND, THIRD = 1, 2, 3


def ids(results):
    return [hit.id for hit in results.hits]


@pytest.fixture
def three(holding):
    """A notice of the county, one of its finance bureau, and one of a town, oldest first."""
    county = {"agency": "qh", "lineage": ("qh",)}
    town = {"agency": "qh-lx", "lineage": ("qh", "qh-lx")}
    return holding(
        invented(FIRST, title="春耕工作通知", year=2024, item="20.1", **county),
        invented(SECOND, title="水库名录", text="春耕工作", year=2025, item="20.1.2", kind="table"),
        invented(THIRD, title="春耕公告", text="工作", year=2025, validity="repealed", **town),
    )


@pytest.mark.parametrize(
    ("narrowed", "found"),
    [
        ({"agency": "qh"}, {FIRST, SECOND, THIRD}),
        ({"agency": "qh-lx"}, {THIRD}),
        ({"agency": "nobody"}, set()),
        ({"year": 2025}, {SECOND, THIRD}),
        ({"item": "20.1"}, {FIRST, SECOND, THIRD}),
        ({"item": "20.1.2"}, {SECOND}),
        ({"item": "20"}, {FIRST, SECOND, THIRD}),
        ({"kind": "table"}, {SECOND}),
        ({"validity": "repealed"}, {THIRD}),
        ({"year": 2025, "kind": "notice"}, {THIRD}),
        ({"words": "春耕", "year": 2025}, {SECOND, THIRD}),
    ],
)
def test_filters_narrow_and_hold_what_lies_below(three, narrowed, found):
    results = three.search(Query(**narrowed))
    assert set(ids(results)) == found
    assert results.total == len(found)


def test_a_large_index_answers_as_a_small_one(three, monkeypatch):
    asked = [
        Query("春耕"),
        Query("工作", year=2025, sort=Sort.DATE),
        Query(kind="table"),
        Query("渔"),
    ]
    small = [three.search(query) for query in asked]
    monkeypatch.setattr("gongkai.publishing.search.index.searching.LARGE", 0)
    large = EmbeddedIndex(three.place.root)
    assert [large.search(query) for query in asked] == small


def test_hits_are_counted_by_every_filter(three):
    counts = three.search(Query("春耕")).counts
    assert tuple(counts) == FILTERS
    assert counts["agency"] == {"qh": 3, "qh-sl": 1, "qh-lx": 1}
    assert counts["year"] == {"2024": 1, "2025": 2}
    assert counts["item"] == {"20.1": 2, "20.1.2": 1}
    assert counts["kind"] == {"notice": 2, "table": 1}
    assert counts["validity"] == {"in_force": 2, "repealed": 1}


def test_a_filter_does_not_hide_what_else_it_could_be_set_to(three):
    counts = three.search(Query("春耕", year=2025, kind="table")).counts
    assert counts["year"] == {"2025": 1}
    assert counts["kind"] == {"notice": 1, "table": 1}
    assert counts["validity"] == {"in_force": 1}


def test_what_has_every_word_in_its_title_comes_first(three):
    assert ids(three.search(Query("春耕 工作")))[0] == FIRST
    assert set(ids(three.search(Query("春耕")))[:2]) == {FIRST, THIRD}


def test_of_two_alike_the_newer_one_comes_first(holding):
    old = invented(1, title="春耕通知", published_on=date(2012, 3, 1), text="")
    new = invented(2, title="春耕通知", published_on=date(2026, 3, 1), text="")
    assert ids(holding(old, new).search(Query("春耕"))) == [2, 1]
    assert ids(holding(new, old).search(Query("春耕"))) == [2, 1]


def test_by_date_the_newest_comes_first(three):
    newest_first = [THIRD, SECOND, FIRST]
    assert ids(three.search(Query("工作", sort=Sort.DATE))) == newest_first
    assert ids(three.search(Query())) == newest_first


@pytest.mark.parametrize("sort", list(Sort))
def test_pages_follow_each_other_without_gap_or_repeat(holding, sort):
    index = holding(
        *(invented(n, title="春耕" if n % 3 else "名录", text="春耕工作") for n in range(1, 60))
    )
    pages = [
        ids(index.search(Query("春耕", sort=sort, offset=place, limit=7)))
        for place in range(0, 63, 7)
    ]
    assert sorted(chain.from_iterable(pages)) == list(range(1, 60))
    assert index.search(Query("春耕", offset=59)).hits == ()
    assert index.search(Query("春耕", offset=DEEPEST)).hits == ()


@pytest.mark.parametrize("wrong", [{"offset": -1}, {"limit": -1}, {"limit": 101}])
def test_a_page_that_cannot_be_is_refused(wrong):
    with pytest.raises(ValueError, match="offset"):
        Query(**wrong)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "！",
        "*",
        "AND OR NOT",
        "title:x",
        '"',
        "(",
        "预算^2~*?",
        "a" * 5000,
        "\0",
        "\ud800",
    ],
)
def test_whatever_is_typed_is_answered(three, typed):
    three.search(Query(typed))
    three.search(Query(number=typed))
    three.suggest(typed)


def test_signs_alone_find_nothing_and_no_words_find_everything(three):
    assert three.search(Query("！？")).total == 0
    assert three.search(Query("  ")).total == 3


def test_a_hit_shows_the_original_with_marks(holding):
    index = holding(invented(1, title="關於春耕的通知", text="各鄉鎮要抓好<b>春耕</b>。"))
    (hit,) = index.search(Query("春耕 乡镇")).hits
    assert list(hit.title.parts())[1] == ("春耕", True)
    assert [part for part, found in hit.passage.parts() if found] == ["鄉鎮", "春耕"]
    assert "<b>" in hit.passage.text


def test_index_numbers_keywords_and_attachment_names_are_found(holding):
    index = holding(invented(1, keywords=("三农",), text="正文\n附件：种粮补贴标准.xlsx"))
    for words in ("三农", "种粮补贴", "qh-sl/2026-00001", "xlsx"):
        assert ids(index.search(Query(words))) == [1]


@pytest.mark.parametrize(
    ("typed", "kind", "text"),
    [
        ("最低", SuggestionKind.TITLE, "关于提高最低生活保障标准的通知"),
        ("保", SuggestionKind.WORD, "保障"),
        ("zdsh", SuggestionKind.TITLE, "关于提高最低生活保障标准的通知"),
        ("DBBZ", None, ""),
        ("青政发〔2026〕1", SuggestionKind.NUMBER, "青政发〔2026〕12号"),
        ("青政发[20", SuggestionKind.NUMBER, "青政发〔2026〕12号"),
        ("生活 保", SuggestionKind.WORD, "生活 保障"),
        ("提高最", SuggestionKind.TITLE, "关于提高最低生活保障标准的通知"),
        ("渔业", None, ""),
        ("", None, ""),
    ],
)
def test_typing_suggests_words_numbers_and_titles(holding, typed, kind, text):
    index = holding(
        invented(1, title="关于提高最低生活保障标准的通知", number="青政发〔2026〕12号")
    )
    found = [(suggestion.kind, suggestion.text) for suggestion in index.suggest(typed)]
    assert ((kind, text) in found) if kind else found == []


def test_no_more_is_suggested_than_asked_for(holding):
    index = holding(*(invented(n, title=f"春耕通知之{n}") for n in range(1, 30)))
    assert len(index.suggest("春耕", limit=5)) == 5


# What holds of every history of changes

ENTRIES = st.builds(
    invented,
    st.integers(1, 6),
    title=st.sampled_from(["春耕工作", "财政预算", "水库", "最低生活保障"]),
    text=st.text(alphabet="春耕工作财政预算水库的，。 a1", max_size=20),
    year=st.integers(2024, 2026),
    validity=st.sampled_from(["in_force", "repealed"]),
)
CHANGES = st.lists(
    st.one_of(
        ENTRIES.map(lambda entry: Change(entry.id, entry)),
        st.integers(1, 6).map(lambda number: Change(number, None)),
    ),
    max_size=12,
)
FEW = settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])


def state(changes):
    there = {}
    for change in changes:
        there.pop(change.id, None)
        if change.entry is not None:
            there[change.id] = change.entry
    return there


def indexed(index: EmbeddedIndex):
    return index.fingerprints(1, 100)


def answers(index: EmbeddedIndex):
    asked = [Query(words, limit=100) for words in ("春耕", "财政 预算", "水库", "")]
    return [
        (results.total, sorted(ids(results)), results.counts)
        for results in map(index.search, asked)
    ]


@FEW
@given(batches=st.lists(CHANGES, max_size=4))
def test_every_public_document_is_found_and_nothing_else(tmp_path_factory, batches):
    index = EmbeddedIndex(tmp_path_factory.mktemp("search"))
    index.rebuild((), 0, lambda _: None)
    for position, batch in enumerate(batches, start=1):
        index.apply(batch, position)
    there = state(chain.from_iterable(batches))
    assert indexed(index) == {number: entry.fingerprint for number, entry in there.items()}
    assert index.position() == len(batches)
    assert index.documents() == len(there)
    for words in ("春耕", "水库", "工作"):
        holds = {n for n, entry in there.items() if words in entry.title or words in entry.text}
        assert set(ids(index.search(Query(words, limit=100)))) == holds


@FEW
@given(changes=CHANGES)
def test_an_index_made_anew_is_the_same_as_one_that_followed(tmp_path_factory, changes):
    followed = EmbeddedIndex(tmp_path_factory.mktemp("search"))
    followed.rebuild((), 0, lambda _: None)
    for change in changes:
        followed.apply([change], 1)
    anew = EmbeddedIndex(tmp_path_factory.mktemp("search"))
    anew.rebuild(state(changes).values(), 1, lambda _: None)
    assert answers(followed) == answers(anew)
    assert indexed(followed) == indexed(anew)


@FEW
@given(changes=CHANGES)
def test_taking_the_same_changes_again_changes_nothing(tmp_path_factory, changes):
    index = EmbeddedIndex(tmp_path_factory.mktemp("search"))
    index.rebuild((), 0, lambda _: None)
    index.apply(changes, 1)
    before = answers(index)
    index.apply(changes, 1)
    assert answers(index) == before


@given(ENTRIES, st.data())
def test_a_fingerprint_tells_entries_apart(entry, data):
    other = data.draw(ENTRIES)
    assert (entry.fingerprint == other.fingerprint) == (entry == other)


def test_what_is_counted_is_counted_anew_after_a_change(holding):
    index = holding(invented(1, title="春耕"))
    assert index.search(Query("春耕")).total == 1
    index.apply([Change(2, invented(2, title="春耕", published_on=date(2026, 5, 1)))], 2)
    results = index.search(Query("春耕"))
    assert (results.total, results.counts["year"]) == (2, {"2026": 2})
    assert all(hit.published_on + timedelta(days=1) > date(2026, 1, 1) for hit in results.hits)
