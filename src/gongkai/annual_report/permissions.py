"""Who may do what with a yearly report, by role at its agency.

Every permission is asked for an agency: `user.has_perm("annual_report.upload", agency)`.
"""

from __future__ import annotations

from rules.permissions import add_perm

from gongkai.org.models import Role
from gongkai.org.permissions import is_administrator, is_case_officer, is_head, is_supervisor

SEES_DRAFTS = (Role.CASE_OFFICER, Role.HEAD, Role.SUPERVISOR, Role.ADMINISTRATOR)
"""Roles that see what is not published."""

VIEW = "annual_report.view"
UPLOAD = "annual_report.upload"
CORRECT = "annual_report.correct"
REVISE = "annual_report.revise"
JUDGE = "annual_report.judge"
DISCARD = "annual_report.discard"
FREEZE = "annual_report.freeze"
UNFREEZE = "annual_report.unfreeze"
PUBLISH = "annual_report.publish"
COMPILE = "annual_report.compile"
SUBMIT = "annual_report.submit"
ACCEPT = "annual_report.accept"

PERMISSIONS = {
    VIEW: is_case_officer | is_head | is_supervisor | is_administrator,
    UPLOAD: is_case_officer | is_administrator,
    CORRECT: is_case_officer | is_administrator,
    REVISE: is_case_officer | is_administrator,
    JUDGE: is_case_officer | is_head | is_administrator,
    DISCARD: is_case_officer | is_administrator,
    FREEZE: is_head | is_administrator,
    UNFREEZE: is_head | is_administrator,
    PUBLISH: is_head | is_administrator,
    COMPILE: is_case_officer | is_head | is_administrator,
    SUBMIT: is_head | is_administrator,
    ACCEPT: is_supervisor | is_administrator,
}

for _name, _predicate in PERMISSIONS.items():
    add_perm(_name, _predicate)
