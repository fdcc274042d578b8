"""Who may place agencies, units and people: the administrator of an agency or of one above it."""

from __future__ import annotations

from rules.permissions import add_perm

from gongkai.org.permissions import is_administrator

VIEW = "administration.view"
PLACE = "administration.place"
STAFF = "administration.staff"

PERMISSIONS = {
    VIEW: is_administrator,
    PLACE: is_administrator,
    STAFF: is_administrator,
}
"""VIEW the pages; PLACE agencies and units, move, change and close them; STAFF them with people."""

for _name, _predicate in PERMISSIONS.items():
    add_perm(_name, _predicate)
