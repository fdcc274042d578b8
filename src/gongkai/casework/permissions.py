"""Who may do what with a case, by role at its agency.

Every permission is asked for an agency: `user.has_perm("casework.handle", agency)`. What names a
person is opened under `OPEN` alone, and every opening is written into the trail.
"""

from __future__ import annotations

from rules.permissions import add_perm

from gongkai.org.models import Role
from gongkai.org.permissions import (
    is_administrator,
    is_case_officer,
    is_head,
    is_legality_reviewer,
    is_liaison_officer,
    is_secrecy_reviewer,
    is_signatory,
    is_supervisor,
)

SEES_CASES = (
    Role.CASE_OFFICER,
    Role.HEAD,
    Role.SIGNATORY,
    Role.SECRECY_REVIEWER,
    Role.LEGALITY_REVIEWER,
)
"""Roles that see the cases of their agency. A liaison officer sees what was assigned to them, a
supervisor and an administrator see figures without persons."""
HANDLES = (Role.CASE_OFFICER, Role.HEAD)
APPEALS = (*HANDLES, Role.LEGALITY_REVIEWER)
"""Roles that enter reconsiderations and law suits, and put right what was entered."""
IMPORTS = (*HANDLES, Role.ADMINISTRATOR)
EXPORTS = HANDLES
"""Roles that take over the cases of an older ledger."""

VIEW = "casework.view"
OPEN = "casework.open"
RECEIVE = "casework.receive"
HANDLE = "casework.handle"
HAND_OVER = "casework.hand_over"
EXTEND = "casework.extend"
ANSWER_ASSIGNMENT = "casework.answer_assignment"
CHECK_OFFICE = "casework.check_office"
CHECK_SECRECY = "casework.check_secrecy"
CHECK_LEGALITY = "casework.check_legality"
SIGN = "casework.sign"
DISPATCH = "casework.dispatch"
CORRECT = "casework.correct"
APPEAL = "casework.appeal"
IMPORT = "casework.import"
EXPORT = "casework.export"
CONFIGURE = "casework.configure"
RETAIN = "casework.retain"
OVERSEE = "casework.oversee"

_officers = is_case_officer | is_head

PERMISSIONS = {
    VIEW: _officers | is_signatory | is_secrecy_reviewer | is_legality_reviewer,
    OPEN: _officers | is_signatory,
    RECEIVE: _officers,
    HANDLE: _officers,
    HAND_OVER: is_head,
    EXTEND: is_head,
    ANSWER_ASSIGNMENT: is_liaison_officer | _officers,
    CHECK_OFFICE: is_head,
    CHECK_SECRECY: is_secrecy_reviewer,
    CHECK_LEGALITY: is_legality_reviewer,
    SIGN: is_signatory,
    DISPATCH: _officers,
    CORRECT: is_head,
    APPEAL: _officers | is_legality_reviewer,
    IMPORT: _officers | is_administrator,
    EXPORT: _officers,
    CONFIGURE: is_head | is_administrator,
    RETAIN: is_head | is_administrator,
    OVERSEE: is_head | is_supervisor | is_administrator,
}

for _name, _predicate in PERMISSIONS.items():
    add_perm(_name, _predicate)
