"""The verbs of publishing. Each one checks, writes and records in one transaction.

Every verb raises NotAllowedError, with the reason, where the role is missing, the stage forbids it
or the input does not fit; then nothing is written. A stage is assigned nowhere else.
"""

from __future__ import annotations

from gongkai.publishing.actions.allowing import PERMISSION, possible
from gongkai.publishing.actions.attaching import clean_copy, receive
from gongkai.publishing.actions.beginning import Draft, create_many
from gongkai.publishing.actions.campaigning import (
    decide_clean_up,
    draft_result,
    keep_the_rest,
    reopen_campaign,
    start_campaign,
)
from gongkai.publishing.actions.cataloguing import (
    add_item,
    change_item,
    end_item,
    import_catalogue,
    preview_catalogue,
    suggest_catalogue,
)
from gongkai.publishing.actions.configuring import set_number_pattern, set_review_steps
from gongkai.publishing.actions.drafting import (
    Saved,
    amend,
    attach,
    create,
    detach,
    discard,
    reorder,
    save,
)
from gongkai.publishing.actions.entering import enter_event, revoke_event
from gongkai.publishing.actions.fulfilling import excuse_duty
from gongkai.publishing.actions.migrating import Migrant, migrate
from gongkai.publishing.actions.registering import lapse_due, make_duties, noted_in_bulk
from gongkai.publishing.actions.relating import relate, unrelate
from gongkai.publishing.actions.releasing import (
    exempt,
    file_away,
    publish,
    publish_due,
    schedule,
    unschedule,
)
from gongkai.publishing.actions.reviewing import (
    answer,
    approve,
    earliest,
    judge,
    recall,
    remark,
    retract,
    send_back,
    submit,
    why_not_decide,
)
from gongkai.publishing.actions.suggesting import set_usual_validity, unset_usual_validity
from gongkai.publishing.actions.tallying import (
    Count,
    import_tallies,
    preview_tallies,
    report_tallies,
    report_tally,
)
from gongkai.publishing.actions.withdrawing import withdraw

__all__ = [
    "PERMISSION",
    "Count",
    "Draft",
    "Migrant",
    "Saved",
    "add_item",
    "amend",
    "answer",
    "approve",
    "attach",
    "change_item",
    "clean_copy",
    "create",
    "create_many",
    "decide_clean_up",
    "detach",
    "discard",
    "draft_result",
    "earliest",
    "end_item",
    "enter_event",
    "excuse_duty",
    "exempt",
    "file_away",
    "import_catalogue",
    "import_tallies",
    "judge",
    "keep_the_rest",
    "lapse_due",
    "make_duties",
    "migrate",
    "noted_in_bulk",
    "possible",
    "preview_catalogue",
    "preview_tallies",
    "publish",
    "publish_due",
    "recall",
    "receive",
    "relate",
    "remark",
    "reopen_campaign",
    "reorder",
    "report_tallies",
    "report_tally",
    "retract",
    "revoke_event",
    "save",
    "schedule",
    "send_back",
    "set_number_pattern",
    "set_review_steps",
    "set_usual_validity",
    "start_campaign",
    "submit",
    "suggest_catalogue",
    "unrelate",
    "unschedule",
    "unset_usual_validity",
    "why_not_decide",
    "withdraw",
]
