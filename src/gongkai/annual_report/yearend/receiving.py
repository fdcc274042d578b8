"""To whom an agency submits its report, and of whom an agency awaits one."""

from __future__ import annotations

from gongkai.org.models import Agency

ROLLS_UP = frozenset({"province", "city", "county"})
"""The levels whose report is a government's and adds up those below."""


def receiver(agency: Agency) -> Agency | None:
    """The agency whose competent office receives the report; None if it is not in the system.

    Under vertical leadership that is the agency above in the same system, and never the local
    government (国办公开办函〔2021〕30号).
    """
    above = agency.superior
    if above is None or (agency.vertical and not above.vertical):
        return None
    return above


def awaited(agency: Agency) -> list[Agency]:
    """The agencies whose reports this one awaits, in official order."""
    if agency.vertical:
        return list(agency.subordinates.filter(active=True, vertical=True))
    return expected_children(agency)


def expected_children(agency: Agency) -> list[Agency]:
    """The agencies whose reports add up to this one's.

    A local government's report sums up its departments and the governments below it; agencies
    under vertical leadership report elsewhere (国办公开办函〔2021〕30号). A department's report is
    its own alone.
    """
    if agency.level not in ROLLS_UP:
        return []
    return list(agency.subordinates.filter(active=True, vertical=False))


def reporting_units(agency: Agency) -> list[Agency]:
    """The agency and all whose figures its roll-up holds, level below level."""
    found = [agency]
    for child in awaited(agency):
        rolls_up = child.vertical or child.level in ROLLS_UP
        found += reporting_units(child) if rolls_up else [child]
    return found
