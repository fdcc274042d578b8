"""Who may do what with a document, by role at its agency.

Every permission is asked for an agency: `user.has_perm("publishing.draft", agency)`. Which step of
a review a role decides is told by the round itself; `REVIEW` only opens the door.
"""

from __future__ import annotations

from rules.permissions import add_perm

from gongkai.org.models import Role
from gongkai.org.permissions import (
    is_administrator,
    is_case_officer,
    is_drafter,
    is_head,
    is_legality_reviewer,
    is_secrecy_reviewer,
    is_signatory,
    is_supervisor,
)

SEES_DRAFTS = (
    Role.DRAFTER,
    Role.SECRECY_REVIEWER,
    Role.LEGALITY_REVIEWER,
    Role.SIGNATORY,
    Role.HEAD,
    Role.CASE_OFFICER,
    Role.ADMINISTRATOR,
)
"""Roles that see documents which are not public. A supervisor sees duties and deadlines, not
drafts."""
DRAFTS = (Role.DRAFTER, Role.CASE_OFFICER, Role.ADMINISTRATOR)
PUBLISHES = (Role.HEAD, Role.CASE_OFFICER, Role.ADMINISTRATOR)
OVERSEES = (Role.HEAD, Role.CASE_OFFICER, Role.SUPERVISOR, Role.ADMINISTRATOR)

VIEW = "publishing.view"
DRAFT = "publishing.draft"
REVIEW = "publishing.review"
JUDGE = "publishing.judge"
PUBLISH = "publishing.publish"
WITHDRAW = "publishing.withdraw"
RELATE = "publishing.relate"
REGISTER = "publishing.register"
CATALOGUE = "publishing.catalogue"
TALLY = "publishing.tally"
IMPORT = "publishing.import"
MIGRATE = "publishing.migrate"
CONFIGURE = "publishing.configure"
OVERSEE = "publishing.oversee"

_reviews = is_head | is_secrecy_reviewer | is_legality_reviewer | is_signatory

PERMISSIONS = {
    VIEW: is_drafter | _reviews | is_case_officer | is_administrator,
    DRAFT: is_drafter | is_case_officer | is_administrator,
    REVIEW: _reviews,
    JUDGE: is_drafter | _reviews | is_case_officer | is_administrator,
    PUBLISH: is_head | is_case_officer | is_administrator,
    WITHDRAW: is_head | is_administrator,
    RELATE: is_drafter | is_head | is_case_officer | is_administrator,
    REGISTER: is_legality_reviewer | is_head | is_case_officer | is_administrator,
    CATALOGUE: is_head | is_case_officer | is_administrator,
    TALLY: is_head | is_case_officer | is_administrator,
    IMPORT: is_drafter | is_case_officer | is_administrator,
    MIGRATE: is_administrator,
    CONFIGURE: is_head | is_administrator,
    OVERSEE: is_head | is_case_officer | is_supervisor | is_administrator,
}

for _name, _predicate in PERMISSIONS.items():
    add_perm(_name, _predicate)
