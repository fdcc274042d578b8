"""`gongkai clock`: when an answer is due, from the facts of an application."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

import click

from gongkai.casework.clock import Due, Fact, FactsError, due, read_facts
from gongkai.casework.clock.telling import as_json, as_text
from gongkai.cli.calendar import DATE
from gongkai.law.arrangements import ArrangementError
from gongkai.law.calendar import CalendarRangeError, WorkingCalendar

LARGEST = 1_000_000  # bytes


@click.command(
    epilog="""\b
Examples:
  gongkai clock facts.json
  gongkai clock facts.json --as-of 2026-03-20 --words
  echo '{"facts": [{"kind": "received", "on": "2026-03-02"}]}' | gongkai clock -

\b
FACTS.json: {"facts": [{"kind": …, "on": "2026-03-02"}, …]}. Kinds, and what they carry:
  received [basis]; correction_requested [days or until]; corrected;
  reasons_requested; reasons_given; delayed until; extended days;
  consultation_sent id whom (third_party or agency); consultation_delivered id;
  consultation_answered id; fee_notified [days]; paid; withdrawn; answered.

Exit 0: counted. Exit 2: the facts cannot be read; the message says where."""
)
@click.argument("facts", metavar="FACTS.json", type=click.Path(allow_dash=True))
@click.option(
    "--as-of",
    type=DATE,
    help="Count as known on that day. Without it: today, or the last fact if that is later.",
)
@click.option(
    "--region",
    metavar="CODE",
    help="Administrative division code (450000, or 45 for short) whose local holidays count.",
)
@click.option("--words", is_flag=True, help="Print the reasons as text instead of JSON.")
@click.option(
    "--lang",
    type=click.Choice(["zh", "en"]),
    default="zh",
    envvar="GONGKAI_LANG",
    show_default=True,
    show_envvar=True,
    help="Language of the text and of messages; JSON has both.",
)
def clock(facts: str, as_of: date | None, region: str | None, words: bool, lang: str) -> None:
    """Print when the answer to an application is due, and why (答复期限).

    FACTS.json holds what happened, each with its day; `-` reads standard input.
    """
    try:
        known = read_facts(_text(facts))
        answer = _counted(known, as_of, region)
    except FactsError as error:
        raise click.UsageError(error.message(lang)) from error
    except (CalendarRangeError, ArrangementError) as error:
        raise click.UsageError(f"{error}.") from error
    if words:
        click.echo(as_text(answer, lang))
    else:
        click.echo(json.dumps(as_json(answer), ensure_ascii=False, indent=1))


def _counted(facts: tuple[Fact, ...], as_of: date | None, region: str | None) -> Due:
    today = date.today()  # noqa: DTZ011  the day as the office's own clock has it
    known_on = as_of or max(today, *(fact.on for fact in facts))
    return due(facts, WorkingCalendar(region), known_on)


def _text(name: str) -> str:
    stream = sys.stdin.buffer if name == "-" else None
    data = stream.read(LARGEST + 1) if stream else _file(Path(name))
    if len(data) > LARGEST:
        raise FactsError(
            name, f"超过 {LARGEST:,} 字节。", f"larger than {LARGEST:,} bytes; these are no facts."
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FactsError(name, "不是 UTF-8 文本。", "not UTF-8 text. Save it as UTF-8.") from None


def _file(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LARGEST + 1)
