"""The memory of the page cache: bounded, of one generation, and kept for what is read twice."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gongkai.project.page_store import OVERHEAD, Page, Refused, Store, page

LIMIT = 40 * (OVERHEAD + 100)


def made(body=b"x" * 100, until=10.0):
    return page("200 OK", [("Content-Type", "image/png")], body, until=until)


def test_what_was_put_is_there_while_it_is_good():
    store = Store(LIMIT)
    store.get(1, "a", 0.0)
    store.put(1, "a", made(until=10.0))
    assert isinstance(store.get(1, "a", 10.0), Page)
    assert store.get(1, "a", 10.1) is None
    assert (len(store), store.size) == (0, 0)


def test_a_new_generation_empties_it():
    store = Store(LIMIT)
    store.get(1, "a", 0.0)
    store.put(1, "a", made())
    assert store.get(2, "a", 0.0) is None
    assert (len(store), store.size) == (0, 0)


def test_who_comes_late_with_an_old_generation_neither_finds_nor_leaves_anything():
    store = Store(LIMIT)
    store.get(2, "a", 0.0)
    store.put(2, "a", made())
    store.put(1, "b", made())
    assert store.get(1, "a", 0.0) is None
    assert store.get(2, "b", 0.0) is None
    assert store.get(2, "a", 0.0) is not None


def test_a_walk_over_many_addresses_leaves_what_was_read_twice():
    store = Store(LIMIT)
    store.get(1, "home", 0.0)
    store.put(1, "home", made())
    store.get(1, "home", 0.0)
    for number in range(1000):
        store.put(1, number, made())
    assert store.get(1, "home", 0.0) is not None


def test_what_is_read_all_the_time_outlasts_what_was_read_twice():
    store = Store(LIMIT)
    store.get(1, "home", 0.0)
    store.put(1, "home", made())
    for number in range(200):
        store.put(1, number, made())
        for _ in range(2):
            store.get(1, number, 0.0)
        assert store.get(1, "home", 0.0) is not None
    assert store.get(1, 0, 0.0) is None


def test_one_answer_may_not_take_most_of_it():
    store = Store(LIMIT)
    store.get(1, "a", 0.0)
    store.put(1, "a", made(body=b"x" * (LIMIT // 2)))
    assert store.get(1, "a", 0.0) is None


STEP = st.tuples(
    st.sampled_from(["get", "put", "refuse"]),
    st.integers(1, 3),
    st.integers(0, 30),
    st.integers(0, 20),
    st.integers(0, 6000),
)


@given(st.lists(STEP, max_size=200))
def test_it_never_holds_more_than_its_limit_and_always_knows_how_much(steps):
    store, newest, last = Store(LIMIT), -1, {}
    for verb, generation, key, now, size in steps:
        if verb == "get":
            held = store.get(generation, key, float(now))
            newest = max(newest, generation)
            if held is not None:
                assert generation == newest
                assert held is last[generation, key]
                assert held.until >= now
        else:
            kept = made(b"x" * size, 10.0) if verb == "put" else Refused(until=5.0)
            store.put(generation, key, kept)
            last[generation, key] = kept
        shelf = store._shelf
        held = [slot.kept for slot in (*shelf.probation.values(), *shelf.protected.values())]
        assert store.size == sum(one.size for one in held) <= LIMIT
        assert shelf.protected_size == sum(slot.kept.size for slot in shelf.protected.values())
