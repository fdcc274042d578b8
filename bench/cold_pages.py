"""`python -m bench.cold_pages COUNT TIMES`: what bench.cold measures, in an own installation.

Prints milliseconds by page as JSON, and on stderr how far it is.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, models, transaction  # noqa: E402
from django.test import Client  # noqa: E402

from bench.notices import AGENCIES, COMMON, YEARS, notices  # noqa: E402
from gongkai.org.actions import add_agency  # noqa: E402
from gongkai.org.models import Agency, User  # noqa: E402
from gongkai.publishing.document.models import Document, Version  # noqa: E402
from gongkai.publishing.publication.models import Publication  # noqa: E402
from gongkai.publishing.register.models import RegisterEvent  # noqa: E402
from gongkai.publishing.search.engine import engine  # noqa: E402
from gongkai.publishing.search.entry import Entry  # noqa: E402
from gongkai.publishing.search.models import Outbox  # noqa: E402

BEGAN = time.monotonic()
PIECE = 5_000
DAY = "2026-11-01 00:00:00"
NORMATIVE = ("measure", "rules")
ONE_OF = 12
"""Of the notices of these kinds one in so many is a normative document in force: 2 % of all, which
is many; a county has hundreds."""

Row = dict[str, Any]


def entries(count: int) -> Iterator[Entry]:
    """The notices of the search bench, of kinds that the law knows."""
    for entry in notices(count):
        normative = entry.kind in NORMATIVE and entry.id % ONE_OF == 0
        kind = "normative_document" if normative else "official_document"
        yield replace(entry, kind=kind)


def agencies() -> dict[str, Agency]:
    """A government and what stands below it."""
    top = add_agency(code="qh", name="青禾县人民政府", level="county", region="990101")
    below = {
        code: add_agency(code=code, name=f"青禾县{code}局", level="department", superior=top)
        for code in AGENCIES
        if code != "qh"
    }
    return {"qh": top, **below}


def insert(model: type[models.Model], rows: Sequence[Row]) -> None:
    """Rows as they are, past the verbs but not past the guards of the database."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    usual = {
        name: field.get_default()
        for name, field in fields.items()
        if not field.null and name != "id"
    }
    names = list({**usual, **rows[0]})
    columns = ",".join(f'"{fields[name].column}"' for name in names)
    places = ",".join(["%s"] * len(names))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {model._meta.db_table} ({columns}) VALUES ({places})",
            [[{**usual, **row}[name] for name in names] for row in rows],
        )


@transaction.atomic
def written(piece: Sequence[Entry], keys: dict[str, int], user: int) -> None:
    """Documents, versions and publications, as a migration leaves them."""
    documents: list[Row] = []
    versions: list[Row] = []
    publications: list[Row] = []
    events: list[Row] = []
    for entry in piece:
        held = {"id": entry.id, "document_id": entry.id, "number": 1}
        said = {
            "title": entry.title,
            "document_number": entry.number,
            "kind": entry.kind,
            "item": entry.item,
            "topic": "综合",
            "formed_on": str(entry.formed_on),
            "content_hash": f"{entry.id:064}",
        }
        validity = {"validity": entry.validity} if entry.kind == "normative_document" else {}
        owned = {"agency_id": keys[entry.agency]}
        begun = {"created_at": DAY, "changed_at": DAY, "created_by_id": user, "stage": "settled"}
        documents.append({"id": entry.id, **owned, **begun, "validity": "in_force", **validity})
        body = f"<p>{entry.text}</p>\n"
        versions.append({**held, **said, "by_id": user, "at": DAY, "body": body})
        publications.append(
            {
                **held,
                **said,
                **owned,
                "version_id": entry.id,
                "migrated": True,
                "migration_mark": "bench",
                "state": "public",
                "index_number": entry.index_number,
                "published_at": DAY,
                "published_on": str(entry.published_on),
                "year": entry.year,
                "published_by_id": user,
            }
        )
        if entry.kind == "normative_document":
            day = str(entry.formed_on)
            events.append({"document_id": entry.id, "kind": "made", "on": day, "effective_on": day,
                           "by_id": user, "at": DAY})  # fmt: skip
    insert(Document, documents)
    insert(Version, versions)
    insert(Publication, publications)
    if events:
        insert(RegisterEvent, events)


def filled(count: int) -> None:
    """An installation with so many public documents, indexed."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    user = User.objects.create(username="a", full_name="a").pk
    keys = {code: agency.pk for code, agency in agencies().items()}
    made = entries(count)
    while piece := list(islice(made, PIECE)):
        written(piece, keys, user)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE publishing_document SET head_id = id")
    told("rows")
    Outbox.objects.create(sequence=1)
    engine().rebuild(entries(count), 1, lambda _: None)
    told("index")


def told(what: str) -> None:
    print(f"{what} after {time.monotonic() - BEGAN:.0f} s", file=sys.stderr, flush=True)


def addresses(count: int) -> dict[str, Callable[[], str]]:
    """For each kind of page something that makes up an address."""
    chance = random.Random(7)
    agency = lambda: chance.choice(AGENCIES)  # noqa: E731
    word = lambda: chance.choice(COMMON)  # noqa: E731
    return {
        "home": lambda: "/",
        "document": lambda: f"/documents/{chance.randint(1, count)}/",
        "agency": lambda: f"/agencies/{agency()}/",
        "catalogue": lambda: f"/agencies/{agency()}/catalogue/",
        "item": lambda: f"/sections/catalogue/?item=20.{chance.randint(1, 15)}",
        "search, one word": lambda: f"/search/?q={word()}",
        "search, two words": lambda: f"/search/?q={word()}+{word()}",
        "search, filters": lambda: f"/search/?year={chance.choice(YEARS)}&agency={agency()}",
        "search, nothing asked": lambda: "/search/",
        "suggestions": lambda: f"/search/suggestions/?q={word()[:2]}",
        "register": lambda: "/register/",
        "feed": lambda: "/feed.atom",
    }


class Reader:
    """Asks for a page as the first one after a publication."""

    def __init__(self) -> None:
        self._client = Client(HTTP_HOST="127.0.0.1")
        self._sequence = 1

    def milliseconds(self, address: str) -> tuple[float, float]:
        """Of the processor and by the clock, for one request."""
        self._sequence += 1
        Outbox.objects.create(sequence=self._sequence)
        engine().apply([], self._sequence)
        wall, busy = time.perf_counter(), time.process_time()
        answer = self._client.get(address)
        busy, wall = time.process_time() - busy, time.perf_counter() - wall
        if answer.status_code != 200:
            raise SystemExit(f"{address}: {answer.status_code}")
        return busy * 1000, wall * 1000


def main(count: int, times: int) -> None:
    filled(count)
    reader = Reader()
    found = {}
    for name, address in addresses(count).items():
        reader.milliseconds(address())
        taken = [reader.milliseconds(address()) for _ in range(times)]
        busy, wall = (sorted(part) for part in zip(*taken, strict=True))
        late = min(int(times * 0.95), times - 1)
        found[name] = {"p50": busy[times // 2], "p95": busy[late], "by_clock": wall[late]}
    print(json.dumps(found))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
