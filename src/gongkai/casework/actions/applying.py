"""What an applicant does without an account: apply, and come back with number and query code."""

from __future__ import annotations

from gongkai.casework.actions.registering import Receipt, registered
from gongkai.casework.application import codes
from gongkai.casework.application.intake import Application
from gongkai.casework.application.models import Case
from gongkai.casework.refusal import NotAllowedError


def apply(application: Application, token: str = "") -> Receipt:
    """Send an application from the web form.

    It waits for the confirmation of receipt unless the agency reads the law otherwise (第三十一条,
    `Practice.unconfirmed`). The same content sent again under the same token (`codes.new_token`,
    in the form) gives the same receipt. Raises IncompleteError, which names every field.
    """
    return registered(None, application, token)


def tracked(number: str, code: str) -> Case:
    """The case with that number, for who holds its query code. Raises "code_wrong".

    An unknown number and a wrong code are refused alike; the page limits how often one may try.
    """
    number = codes.typed(number)
    case = Case.objects.select_related("agency").filter(number=number).first()
    if not codes.fits(case.query_code_hash if case else "", number, code) or case is None:
        raise NotAllowedError("code_wrong")
    return case
