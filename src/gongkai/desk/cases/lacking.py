"""What is still to be done before a case is closed, in words, with the pages where it is done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

from gongkai.casework import permissions
from gongkai.casework.actions.closing import unsent_letters
from gongkai.casework.actions.issuing import may_void
from gongkai.casework.application.models import Case, Stage
from gongkai.casework.letter.models import Letter
from gongkai.casework.letter.queries import answer_of
from gongkai.desk.cases import words
from gongkai.org.models import User

CLOSED = (Stage.CLOSED, Stage.FILED)
ANSWERING = (Stage.SIGNED, Stage.DISPATCHED, Stage.SERVED)
Link = tuple[str, str]
"""What it says and where it leads."""


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that is lacking; `stops` says that nothing can be asked before it is done."""

    words: str
    links: tuple[Link, ...] = ()
    stops: bool = True


def before_closing(user: User, case: Case) -> list[Lack]:
    """What the case lacks to be closed (办结); [] where nothing stands against it."""
    if case.stage in CLOSED:
        return [Lack(gettext("已经办结，不用再办。"))]
    if case.stage not in ANSWERING:
        stage = {"stage": case.get_stage_display()}
        said = gettext("还没有答复，不能办结。现在：%(stage)s。处理决定签发、送出以后才能办结。")
        return [Lack(said % stage)]
    unsent = [_unsent(user, letter) for letter in unsent_letters(case)]
    return unsent or list(_not_arrived(case))


def who_voids(letter: Letter) -> str:
    """Who may declare the letter void, in words (see `issuing.may_void`)."""
    if letter.decision_id:
        return gettext("由公开工作机构负责人收回已签发的决定，文书一并作废")
    if letter.issued_by is None:
        return gettext("由公开工作机构负责人作废")
    name = letter.issued_by.get_full_name()
    return gettext("由公开工作机构负责人或者制发人%(name)s作废") % {"name": name}


def _unsent(user: User, letter: Letter) -> Lack:
    label = words.letter_label(letter.kind, letter.dated)
    links: list[Link] = []
    if user.has_perm(permissions.DISPATCH, letter.agency):
        send = reverse("desk:case_send", args=[letter.case_id, letter.pk])
        links.append((gettext("送出"), send))
    if may_void(user, letter):
        void = reverse("desk:case_void_letter", args=[letter.case_id, letter.pk])
        links.append((gettext("作废"), void))
    said = gettext("%(label)s %(number)s 还没有送出。不再需要的，%(who)s。")
    about = {"label": label, "number": letter.number, "who": who_voids(letter)}
    return Lack(said % about, tuple(links))


def _not_arrived(case: Case) -> Iterator[Lack]:
    answer = answer_of(case)
    if case.stage != Stage.DISPATCHED or answer is None:
        return
    said = gettext("答复 %(number)s 已送出，还没有登记送达。") % {"number": answer.number}
    sent = answer.services.filter(signed_for_on=None, returned_on=None).order_by("id").last()
    if sent is None:
        letters = reverse("desk:case_letters", args=[case.pk])
        yield Lack(said, ((gettext("再次送出"), f"{letters}#letter-{answer.pk}"),), stops=False)
    else:
        served = reverse("desk:case_service", args=[case.pk, sent.pk])
        yield Lack(said, ((gettext("登记送达"), served),), stops=False)
