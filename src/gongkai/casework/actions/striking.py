"""A fact that was recorded wrongly is struck out, with a reason, and its unsent letter with it."""

from __future__ import annotations

from django.db import transaction

from gongkai.casework.actions.allowing import prepared
from gongkai.casework.actions.issuing import STANDS_FOR, falling, told_by, voided
from gongkai.casework.actions.undoing import struck
from gongkai.casework.application.models import Case, Fact
from gongkai.casework.letter.models import Letter, LetterState
from gongkai.org.models import User


@transaction.atomic
def strike_fact(user: User, fact: Fact, because: str) -> Fact:
    """Strike the fact out; the clock reckons as if it had not been recorded.

    The letters that were to tell of it and have not gone out are void for the same reason; one
    that was sent stays. Striking out a withdrawal takes the case up again. Raises what `struck`
    does.
    """
    case = prepared(user, "strike_fact", fact.case)
    letters = falls_with(case, fact)
    fresh = struck(user, case, fact, because)
    for letter in letters:
        voided(user, case, letter, because)
    return fresh


def falls_with(case: Case, fact: Fact) -> list[Letter]:
    """The letters that tell of the fact and have not gone out, which are void without it."""
    telling = [kind for kind, told in STANDS_FOR.items() if told == fact.kind]
    unsent = case.letters.filter(kind__in=telling, dated=fact.on, state=LetterState.ISSUED)
    own = [row for row in unsent.order_by("id") if told_by(case, row) == fact]
    return [letter for row in own for letter in falling(case, row)]
