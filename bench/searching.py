"""Search over generated documents, beside SQLite's FTS5 and PostgreSQL's full text.

The rivals hold the same documents as the same index terms, joined by spaces, in the same number,
and are asked for the same terms, so that all find the same documents: their totals are compared.
They do less: ten best and the total, no counts by agency, year, item, kind and validity and no
passages. Both are shown: our whole answer, and our engine alone at the work that the rivals do,
by which the goal is judged. Every question is asked once and no answer is remembered.
"""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import psycopg

from bench.notices import AGENCIES, COMMON, YEARS, notice, notices
from gongkai.publishing.search.backend import Query, Sort
from gongkai.publishing.search.entry import Entry
from gongkai.publishing.search.index import EmbeddedIndex, fields
from gongkai.publishing.search.index.matching import all_of, anywhere
from gongkai.publishing.search.words import Asked, asked, pieces
from tests.cluster import cluster, programs
from tests.publishing.search.killing import killed_at_random

FULL, GROWN_FROM, QUICK = 1_000_000, 100_000, 20_000
QUESTIONS, RIVAL_QUESTIONS = 200, 12
GOAL_P99, GOAL_RATIO, GOAL_GROWTH, GOAL_SUGGEST = 20.0, 20.0, 3.0, 10.0
KILLS, QUICK_KILLS = 100, 10


@dataclass(frozen=True, slots=True)
class Timed:
    """Milliseconds of one kind of question, and how many documents it finds in the middle."""

    kind: str
    p50: float
    p99: float
    found: int


@dataclass(frozen=True, slots=True)
class Beside:
    """Milliseconds (p50) of the same questions: our whole answer, our engine alone, the rivals."""

    kind: str
    ours: float
    alone: float
    sqlite: float
    postgresql: float | None

    def times(self, ours: float) -> list[float]:
        """How many times `ours` the rivals take."""
        return [rival / ours for rival in (self.sqlite, self.postgresql) if rival is not None]


@dataclass(frozen=True, slots=True)
class Measured:
    """`grown` is how many times longer a question takes over `documents` than over `fewer`;
    `seen` the milliseconds from the end of a commit in another process until it is found; `busy`
    how many times longer questions took by the clock than of the processor."""

    documents: int
    fewer: int
    rival_documents: int
    build_per_second: float
    bytes_per_document: float
    timed: tuple[Timed, ...]
    grown: dict[str, float]
    suggest_p99: float
    commit: float
    seen: float
    beside: tuple[Beside, ...]
    kills: int
    busy: float


Questions = dict[str, list[Query]]


def questions() -> Questions:
    """Questions of each kind, no two the same."""
    chance = random.Random(20)
    pairs = [first + second for first in COMMON[:60] for second in COMMON[:60]]
    common = COMMON[:40]
    threes = {tuple(sorted(chance.sample(common, 3))) for _ in range(2 * QUESTIONS)}
    twos = {tuple(sorted(chance.sample(common, 2))) for _ in range(4 * QUESTIONS)}
    narrowed = [
        Query(" ".join(two), agency=chance.choice(AGENCIES[1:]), year=chance.choice(YEARS))
        for two in islice(sorted(twos), QUESTIONS)
    ]
    return {
        "one word": [Query(word) for word in COMMON[:QUESTIONS]],
        "three common words": [Query(" ".join(three)) for three in sorted(threes)[:QUESTIONS]],
        "phrase": [Query(f'"{phrase}"') for phrase in chance.sample(pairs, QUESTIONS)],
        "filtered": narrowed,
        "by date": [Query(query.words, sort=Sort.DATE) for query in narrowed],
    }


def measure(*, quick: bool = False) -> Measured:
    count = QUICK if quick else FULL
    fewer = QUICK // 4 if quick else GROWN_FROM
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as place:
        small, _ = _built(Path(place) / "small", fewer)
        clock, processor = perf_counter(), process_time()
        before = _timings(small)
        busy = (perf_counter() - clock) / (process_time() - processor)
        beside = _beside(small, fewer, Path(place))
        large, rate = _built(Path(place) / "large", count)
        after = _timings(large)
        suggest = _suggestions(large)
        size = large.size() / count
        commit, seen = _until_seen(large, count)
        kills = killed_at_random(QUICK_KILLS if quick else KILLS, Path(place) / "killed")
    return Measured(
        documents=count,
        fewer=fewer,
        rival_documents=fewer,
        build_per_second=rate,
        bytes_per_document=size,
        timed=tuple(after),
        grown={now.kind: now.p50 / then.p50 for then, now in zip(before, after, strict=True)},
        suggest_p99=suggest,
        commit=commit,
        seen=seen,
        beside=beside,
        kills=kills,
        busy=busy,
    )


def _built(folder: Path, count: int) -> tuple[EmbeddedIndex, float]:
    index = EmbeddedIndex(folder)
    start = perf_counter()
    index.rebuild(notices(count), 1, lambda _: None)
    return index, count / (perf_counter() - start)


def _timings(index: EmbeddedIndex) -> list[Timed]:
    for query in (
        Query("公开"),
        Query("公开 财政", sort=Sort.DATE),
        Query('"财政预算"', year=2020),
    ):
        index.search(query)  # opens the index and loads the dictionaries
    timed = []
    for kind, asked_for in questions().items():
        times, found = [], []
        for query in asked_for:
            start = perf_counter()
            results = index.search(query)
            times.append((perf_counter() - start) * 1000)
            found.append(results.total)
        timed.append(Timed(kind, _at(times, 0.5), _at(times, 0.99), int(_at(found, 0.5))))
    return timed


def _suggestions(index: EmbeddedIndex) -> float:
    typed = [word[:end] for word in COMMON for end in range(1, len(word) + 1)]
    typed += ["qhx", "gy", "sh", "czys", "zdsh", "rmzf", "青政发〔2023〕", "青政发〔2024〕1"]
    times = []
    for prefix in dict.fromkeys(typed):
        start = perf_counter()
        index.suggest(prefix)
        times.append((perf_counter() - start) * 1000)
    return _at(times, 0.99)


def _at(values: Iterable[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


_COMMITTER = """
import sys, time
from pathlib import Path
from bench.notices import notice
from gongkai.publishing.search.entry import Change
from gongkai.publishing.search.index import EmbeddedIndex, fields
from gongkai.publishing.search.index.matching import all_of, anywhere
index, first = EmbeddedIndex(Path(sys.argv[1])), int(sys.argv[2])
for number in range(first, first + 20):
    sys.stdin.readline()
    entry = notice(number)
    start = time.monotonic()
    index.apply([Change(number, entry)], number)
    print(start, time.monotonic(), flush=True)
"""


def _until_seen(index: EmbeddedIndex, count: int) -> tuple[float, float]:
    """Milliseconds (p50) of a commit of one document, and (the worst) until it is found here."""
    command = [sys.executable, "-c", _COMMITTER, str(index.place.root), str(count + 1)]
    commits, lags = [], []
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as committer:
        if committer.stdin is None or committer.stdout is None:
            raise RuntimeError("the pipes asked for are there")
        for number in range(count + 1, count + 21):
            committer.stdin.write("\n")
            committer.stdin.flush()
            while index.search(Query(number=notice(number).index_number)).total == 0:
                pass
            found = perf_counter()
            start, end = map(float, committer.stdout.readline().split())
            commits.append((end - start) * 1000)
            lags.append((found - end) * 1000)
    return _at(commits, 0.5), max(lags)


def _beside(index: EmbeddedIndex, count: int, place: Path) -> tuple[Beside, ...]:
    kinds = ("one word", "three common words")
    index = EmbeddedIndex(index.place.root)  # remembers no answer
    index.search(Query("条例"))
    chosen = {kind: questions()[kind][:RIVAL_QUESTIONS] for kind in kinds}
    ours = {kind: [_once(index, query) for query in chosen[kind]] for kind in kinds}
    alone = _rival(_alone(index), chosen)
    sqlite = _sqlite(count, place / "rival.sqlite3", chosen)
    folder = programs()
    postgresql = _postgresql(count, folder, chosen) if folder else None
    found = []
    for kind in kinds:
        for rival in filter(None, (alone, sqlite, postgresql)):
            if [total for _, total in rival[kind]] != [total for _, total in ours[kind]]:
                raise SystemExit(f"the rivals do not find the same documents for {kind}")
        taken = [ours, alone, sqlite, *([postgresql] if postgresql else [])]
        times = [_at([time for time, _ in one[kind]], 0.5) for one in taken]
        found.append(Beside(kind, *times[:3], times[3] if postgresql else None))
    return tuple(found)


Taken = dict[str, list[tuple[float, int]]]


def _once(index: EmbeddedIndex, query: Query) -> tuple[float, int]:
    start = perf_counter()
    total = index.search(query).total
    return (perf_counter() - start) * 1000, total


def _alone(index: EmbeddedIndex) -> Callable[[list[str]], int]:
    """The engine without counts and passages: ten best and the total."""
    folder = index.place.current()
    if folder is None:
        raise RuntimeError("the index was built a moment ago")
    opened = fields.opened(folder)
    opened.reload()
    searcher = opened.searcher()

    def ask(words: list[str]) -> int:
        wanted = Asked(
            pairs=tuple(word for word in words if len(word) == 2),
            words=tuple(word for word in words if len(word) > 2),
        )
        found: Any = searcher.search(all_of(anywhere(wanted, scored=True), scored=True), 10)
        return int(found.count)

    return ask


def _terms(entry: Entry) -> str:
    """Everything the document says as it is indexed here, once over."""
    parts = (entry.title, entry.number, entry.index_number, *entry.keywords, entry.text)
    cut = [pieces(part) for part in ("\n".join(parts[:2]), "\n".join(parts[2:]))]
    return " ".join(f"{part.pairs} {part.words}" for part in cut)


def _asked_for(question: Asked) -> list[str]:
    return [*question.pairs, *question.words]


def _sqlite(count: int, file: Path, chosen: Questions) -> Taken:
    database = sqlite3.connect(file)
    database.executescript(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -500000;"
        "CREATE VIRTUAL TABLE notices USING fts5(terms, content='', tokenize='unicode61')"
    )
    rows = ((entry.id, _terms(entry)) for entry in notices(count))
    database.executemany("INSERT INTO notices (rowid, terms) VALUES (?, ?)", rows)
    database.execute("INSERT INTO notices (notices) VALUES ('optimize')")
    database.commit()

    def ask(words: list[str]) -> int:
        match = " AND ".join(f'"{word}"' for word in words)
        database.execute(
            "SELECT rowid FROM notices WHERE notices MATCH ? ORDER BY rank LIMIT 10", [match]
        ).fetchall()
        counting = "SELECT count(*) FROM notices WHERE notices MATCH ?"
        return int(database.execute(counting, [match]).fetchone()[0])

    try:
        return _rival(ask, chosen)
    finally:
        database.close()


def _postgresql(count: int, folder: Path, chosen: Questions) -> Taken:
    with cluster(folder) as url, psycopg.connect(url, autocommit=True) as database:
        database.execute("SET maintenance_work_mem = '512MB'")
        database.execute("SET work_mem = '128MB'")
        database.execute("CREATE UNLOGGED TABLE notices (id bigint PRIMARY KEY, terms tsvector)")
        with database.cursor().copy("COPY notices (id, terms) FROM STDIN") as rows:
            for entry in notices(count):
                rows.write_row((entry.id, _vector(_terms(entry))))
        database.execute("CREATE INDEX ON notices USING gin (terms)")
        database.execute("VACUUM ANALYZE notices")

        def ask(words: list[str]) -> int:
            wanted = " & ".join(f"'{word}'" for word in words)
            database.execute(
                "SELECT id FROM notices WHERE terms @@ %s::tsquery"
                " ORDER BY ts_rank(terms, %s::tsquery) DESC LIMIT 10",
                [wanted, wanted],
            ).fetchall()
            counting = "SELECT count(*) FROM notices WHERE terms @@ %s::tsquery"
            row = database.execute(counting, [wanted]).fetchone()
            return int(row[0]) if row else 0

        return _rival(ask, chosen)


def _vector(terms: str) -> str:
    places: dict[str, list[str]] = {}
    for place, term in enumerate(terms.split(), start=1):
        places.setdefault(term, []).append(str(place))
    return " ".join(f"'{term}':{','.join(found)}" for term, found in places.items())


def _rival(ask: Callable[[list[str]], int], chosen: Questions) -> Taken:
    ask(_asked_for(asked("公开")))
    taken: Taken = {}
    for kind, asked_for in chosen.items():
        taken[kind] = []
        for query in asked_for:
            start = perf_counter()
            total = ask(_asked_for(asked(query.words)))
            taken[kind].append(((perf_counter() - start) * 1000, total))
    return taken


def table(measured: Measured) -> str:
    """The figures as Markdown, each goal with met or missed."""
    built = (
        f"Built {measured.build_per_second:,.0f} documents/s;"
        f" {measured.bytes_per_document:,.0f} bytes of index a document."
        f" A commit of one document takes {measured.commit:.0f} ms, and another process finds it"
        f" {measured.seen:.1f} ms after its end at the latest. A suggestion takes"
        f" {measured.suggest_p99:.1f} ms (p99); goal ≤ {GOAL_SUGGEST:.0f}:"
        f" {_met(measured.suggest_p99 <= GOAL_SUGGEST)}. {measured.kills} writers were killed at"
        " random moments; every index was whole and at a position that was committed."
        f" By the clock, questions took {measured.busy:.1f} times as long as of the processor."
    )
    rivals = "| question | whole answer | ten best and total | FTS5 | PostgreSQL"
    growth = f"times the time for {measured.fewer:,} | < {GOAL_GROWTH:.0f} ×"
    lines = [
        f"### Search over {measured.documents:,} documents, one client",
        "",
        built,
        "",
        f"| question | found | p50 ms | p99 ms | ≤ {GOAL_P99:.0f} ms | {growth} |",
        "|---|---|---|---|---|---|---|",
        *(_line(timed, measured.grown[timed.kind]) for timed in measured.timed),
        "",
        f"Beside the rivals over {measured.rival_documents:,} documents (p50 ms):",
        "",
        f"{rivals} | ≥ {GOAL_RATIO:.0f} × |",
        "|---|---|---|---|---|---|",
        *map(_rival_line, measured.beside),
    ]
    return "\n".join(lines)


def _line(timed: Timed, grown: float) -> str:
    return (
        f"| {timed.kind} | {timed.found:,} | {timed.p50:.1f} | {timed.p99:.1f}"
        f" | {_met(timed.p99 <= GOAL_P99)} | {grown:.1f} | {_met(grown < GOAL_GROWTH)} |"
    )


def _rival_line(beside: Beside) -> str:
    other = "not installed" if beside.postgresql is None else f"{beside.postgresql:.1f}"
    fewest = min(beside.times(beside.alone))
    return (
        f"| {beside.kind} | {beside.ours:.1f} | {beside.alone:.1f} | {beside.sqlite:.1f} | {other}"
        f" | {fewest:.0f} × {_met(fewest >= GOAL_RATIO)};"
        f" whole answer {min(beside.times(beside.ours)):.0f} × |"
    )


def _met(met: bool) -> str:
    return "met" if met else "**missed**"
