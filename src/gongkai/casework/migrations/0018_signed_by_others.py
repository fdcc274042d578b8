"""A signature rests on reviews by two others, and is the signatory's own (条例第十七条).

Before, the database asked for the reviews of the office and for secrecy and a signature by others
than the drafter, and not that they are three persons. Whether legality is reviewed hangs on the
outcome and on what the agency has set; that stays with the verb that signs.
"""

from collections.abc import Sequence
from importlib import import_module

from django.db import migrations

from gongkai.trail.guard import by_vendor

first = import_module("gongkai.casework.migrations.0002_guard")

NAME = "case_decision_checked"
HELD = " AND ".join(
    f"""{row}.decision_id = NEW.id AND {row}.step = '{step}' AND {row}.approved
        AND {row}.content_hash = NEW.content_hash AND {row}.by_id <> NEW.drafted_by_id"""
    for row, step in (("o", "office"), ("s", "secrecy"), ("f", "signature"))
)
UNCHECKED = f"""(NEW.state = 'signed' AND OLD.state <> 'signed' AND NOT EXISTS (
    SELECT 1 FROM casework_check AS o, casework_check AS s, casework_check AS f
    WHERE {HELD} AND f.by_id = NEW.signed_by_id
      AND o.by_id <> s.by_id AND o.by_id <> f.by_id AND s.by_id <> f.by_id))"""


def made(when: str) -> dict[str, Sequence[str]]:
    """The guard under this condition, on either database."""
    return {
        "sqlite": [first.sqlite(NAME, "UPDATE", "decision", when, first.CHECKED)],
        "postgresql": [
            first.function(NAME, when, first.CHECKED),
            first.calling(NAME, "UPDATE", "decision"),
        ],
    }


REMOVED = {
    "sqlite": [f"DROP TRIGGER gongkai_{NAME}"],
    "postgresql": [
        f"DROP TRIGGER gongkai_{NAME} ON casework_decision",
        f"DROP FUNCTION gongkai_{NAME}()",
    ],
}


def instead(when: str) -> dict[str, Sequence[str]]:
    return {vendor: [*REMOVED[vendor], *statements] for vendor, statements in made(when).items()}


class Migration(migrations.Migration):
    dependencies = [("casework", "0017_extension_request")]

    operations = [by_vendor(**instead(UNCHECKED), undo=instead(first.UNCHECKED))]
