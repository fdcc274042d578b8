"""How a verb of a case is asked for and done: its form, its words, what it calls."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from gongkai.casework.application.models import Case
from gongkai.casework.application.rules import Verb
from gongkai.desk.cases.acting.forms import CaseForm
from gongkai.desk.cases.lacking import Lack
from gongkai.org.models import User

Given = Mapping[str, Any]
Do = Callable[[User, Case, Any, Given], Any]
Find = Callable[[Case, int], Any]
Lacks = Callable[[User, Case], list[Lack]]
Tells = Callable[[Case, Any], list[str]]


@dataclass(frozen=True, slots=True)
class Asking:
    """A verb's page: its head, its form, what is done, and what is said afterwards.

    `permitted` is the verb whose permission and stage hold for it; the page is `named` after it
    where nothing else is given. `of` finds the line of the case that the verb is about, for a verb
    that is about one. What `drafts` issues letters, which can be read before they are issued.
    `lacks` tells what has to be done before, and where; while anything stands against it, nothing
    is asked. `besides` tells what else the verb does. `instead` names the page for a case in which
    it cannot be done, `petition` the one on which it is asked for by whom it is not permitted to.
    """

    permitted: Verb
    head: object
    form: type[CaseForm]
    do: Do
    done: object
    lead: object = ""
    named: str = ""
    of: Find | None = None
    danger: bool = False
    drafts: bool = False
    lacks: Lacks | None = None
    besides: Tells | None = None
    instead: str = ""
    petition: str = ""

    @property
    def name(self) -> str:
        """What the page is called in its address."""
        return self.named or self.permitted

    @property
    def slug(self) -> str:
        """The same as it is spelled there."""
        return self.name.replace("_", "-")


def on_case(verb: Callable[..., Any]) -> Do:
    """Do the verb to the case; its form asks for what the verb takes, by the same names."""
    return lambda user, case, _of, said: verb(user, case, **said)


def by_letter(verb: Callable[..., Any]) -> Do:
    """The same for a verb that issues a letter: what is told today is not dated back."""
    return lambda user, case, _of, said: verb(user, case, on=timezone.localdate(), **said)


def on_line(verb: Callable[..., Any]) -> Do:
    """Do the verb to the line it is about; its form asks for what it takes, by the same names."""
    return lambda user, _case, of, said: verb(user, of, **said)


def line(name: str) -> Find:
    """Finds the line of the case among the rows of that name."""
    return lambda case, key: getattr(case, name).filter(pk=key).first()
