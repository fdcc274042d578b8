"""An appeal that was entered by mistake is declared void, with a reason."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from gongkai.casework.actions.allowing import LONGEST_REASON, given
from gongkai.casework.actions.appealed import give_back, is_rested_on, prepared_appeal, told
from gongkai.casework.actions.closing import kept_until
from gongkai.casework.actions.reopening import opening_of
from gongkai.casework.appeal.models import Appeal
from gongkai.casework.refusal import NotAllowedError
from gongkai.org.models import User


@transaction.atomic
def strike_appeal(user: User, appeal: Appeal, because: str) -> Appeal:
    """Declare void an appeal that was entered by mistake. It counts nowhere and stays readable;
    the instance before it counts again.

    Raises "reason_missing", "too_long", "appeal_followed", "order_in_use".
    """
    appeal = prepared_appeal(user, appeal)
    reason = given(because, longest=LONGEST_REASON)
    if appeal.followed_by.exists() or is_rested_on(appeal, appeal.kind):
        raise NotAllowedError("appeal_followed")
    if opening_of(appeal) is not None or appeal.redone_by_id is not None:
        raise NotAllowedError("order_in_use")
    appeal.struck_at, appeal.struck_by, appeal.struck_because = timezone.now(), user, reason
    appeal.save(update_fields=["struck_at", "struck_by", "struck_because"])
    give_back(appeal)
    case = appeal.case
    if case is not None and case.keep_until is not None:
        case.keep_until = kept_until(case)
        case.save(update_fields=["keep_until"])
    told(user, "strike_appeal", appeal, {"kind": appeal.kind})
    return appeal
