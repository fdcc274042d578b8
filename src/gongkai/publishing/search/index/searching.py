"""A query against one snapshot: the total, the counts and a page of hits.

What is asked for is matched twice. The counts need every document found and no score; the page
needs the best few. Documents that hold everything in their titles come first, and mostly fill the
page: of the many that hold a common word somewhere, none has to be scored then.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from typing import Any

import tantivy

from gongkai.publishing.search.backend import DEEPEST, FILTERS, Hit, Query, Results, Sort
from gongkai.publishing.search.index.fields import restored
from gongkai.publishing.search.index.matching import (
    Engine,
    all_of,
    anywhere,
    in_title,
    narrowing,
    without,
)
from gongkai.publishing.search.index.reading import Counts, Snapshot
from gongkai.publishing.search.passages import marked, passage
from gongkai.publishing.search.words import Asked, asked

MOST_VALUES = 20_000
"""Values of one filter that are counted; a province has some thousand agencies."""
ONE_EACH = frozenset({"agency", "year"})
"""Filters of which every document has exactly one value."""
LARGE = 200_000
"""Documents from which on counting and finding the page are worth a processor each."""


def search(snapshot: Snapshot, query: Query) -> Results:
    """The answer to a query in that state of the index."""
    wanted = asked(query.words)
    if wanted.empty and query.words.strip():
        return Results(0, (), {name: {} for name in FILTERS})
    searcher = snapshot.searcher
    if searcher.num_docs >= LARGE:
        counting = _side(os.getpid()).submit(_counted, snapshot, query, wanted)
        addresses = _page(searcher, query, wanted)
        total, counts = counting.result()
    else:
        total, counts = _counted(snapshot, query, wanted)
        addresses = _page(searcher, query, wanted) if total else []
    hits = tuple(_hit(searcher, address, wanted) for address in addresses)
    return Results(total, hits, {name: dict(counts[name]) for name in FILTERS})


@cache
def _side(_process: int) -> ThreadPoolExecutor:
    """Where counting goes on meanwhile; each process has its own, for threads are not inherited."""
    return ThreadPoolExecutor(os.cpu_count(), thread_name_prefix="counting")


def _counted(snapshot: Snapshot, query: Query, wanted: Asked) -> tuple[int, Counts]:
    key = replace(query, sort=Sort.RELEVANCE, offset=0, limit=0)
    if (known := snapshot.counts.get(key)) is not None:
        return known
    narrowed = [name for name in FILTERS if getattr(query, name)]
    found = anywhere(wanted, scored=False)
    free = [name for name in FILTERS if name not in narrowed]
    answer = _aggregate(snapshot.searcher, all_of(found, narrowing(query), scored=False), free)
    total = _total(answer)
    for name in narrowed:
        wider = all_of(found, narrowing(query, but=name), scored=False)
        answer |= _aggregate(snapshot.searcher, wider, [name])
    counts = {name: _buckets(answer[name]) for name in FILTERS}
    counts["agency"] = _with_those_above(counts["agency"])
    snapshot.keep(key, total, counts)
    return total, counts


def _aggregate(searcher: tantivy.Searcher, query: Engine, names: list[str]) -> dict[str, Any]:
    wanted: dict[str, Any] = {
        name: {"terms": {"field": name, "size": MOST_VALUES}} for name in names
    }
    if not ONE_EACH.intersection(names):
        wanted["total"] = {"value_count": {"field": "day"}}
    return searcher.aggregate(query, wanted)


def _total(answer: dict[str, Any]) -> int:
    """The documents found: the sum over a filter of which each has one value, or their number."""
    for name in ONE_EACH.intersection(answer):
        return sum(_buckets(answer[name]).values())
    return int(answer["total"]["value"])


def _buckets(answer: dict[str, Any]) -> dict[str, int]:
    return {bucket["key"]: bucket["doc_count"] for bucket in answer["buckets"]}


def _with_those_above(by_lineage: dict[str, int]) -> dict[str, int]:
    """Counts by agency code from counts by lineage; what lies below counts with it."""
    found: dict[str, int] = {}
    for lineage, count in by_lineage.items():
        for code in lineage.split("/"):
            found[code] = found.get(code, 0) + count
    return found


def _page(searcher: tantivy.Searcher, query: Query, wanted: Asked) -> list[tantivy.DocAddress]:
    limit = min(query.limit, DEEPEST - query.offset)
    if limit <= 0:
        return []
    filters = narrowing(query)
    if query.sort is Sort.DATE or wanted.empty:
        found = all_of(anywhere(wanted, scored=False), filters, scored=False)
        page = searcher.search(found, limit, count=False, order_by_field="day", offset=query.offset)
        return [address for _, address in page.hits]
    titles = all_of(in_title(wanted), filters, scored=True)
    first, named = _best(searcher, titles, limit, query.offset)
    if len(first) == limit or wanted.characters:
        return first
    rest = without(all_of(anywhere(wanted, scored=True), filters, scored=True), titles)
    more, _ = _best(searcher, rest, limit - len(first), max(query.offset - named, 0))
    return first + more


def _best(
    searcher: tantivy.Searcher, query: Engine, limit: int, offset: int
) -> tuple[list[tantivy.DocAddress], int]:
    page: Any = searcher.search(query, limit, count=True, offset=offset, weight_by_field="weight")
    return [address for _, address in page.hits], int(page.count)


def _hit(searcher: tantivy.Searcher, address: tantivy.DocAddress, wanted: Asked) -> Hit:
    found = restored(searcher.doc(address))
    return Hit(
        id=found.id,
        title=marked(found.title, wanted.marked),
        passage=passage(found.text, wanted.marked),
        number=found.number,
        agency=found.agency,
        item=found.item,
        kind=found.kind,
        validity=found.validity,
        published_on=found.published_on,
        formed_on=found.formed_on,
    )
