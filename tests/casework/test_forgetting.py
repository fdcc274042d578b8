"""When the time to keep a case is over, no word of it is left, in whatever table it stood."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone
from PIL import Image

from gongkai.casework import actions
from gongkai.casework.actions import forgetting, retaining
from gongkai.casework.actions.consulting import Asked
from gongkai.casework.actions.serving import Sending, dispatch
from gongkai.casework.appeal.models import Appeal, AppealAmendment
from gongkai.casework.application.enclosures import Incoming
from gongkai.casework.application.models import Case, EnclosureKind, Fact
from gongkai.casework.application.notices import CONTACT_CHANGED
from gongkai.casework.application.outbox import Notice, NoticeState
from gongkai.casework.application.person import Person
from gongkai.casework.application.sealing import SealBrokenError, opened, seal
from gongkai.casework.decision.content import Draft, ItemDraft
from gongkai.casework.decision.models import (
    Charge,
    Check,
    Decision,
    DecisionItem,
    Opinion,
    Provided,
)
from gongkai.casework.decision.versions import DecisionVersion
from gongkai.casework.ledger.models import Line
from gongkai.casework.letter.models import Service
from gongkai.org.models import Membership, Role, Unit, User
from gongkai.trail.queries import about
from gongkai.trail.verification import verify
from tests.casework.handling import posted, refusal
from tests.desk.cases.paper import page_of

pytestmark = pytest.mark.django_db

PERSON = Person(
    name="慕容雪见",
    identity_kind="id_card",
    identity_number="110101199003070003",
    telephone="13987654321",
    address="青禾县柳溪镇桃花坞九号",
)
SECRETS = (PERSON.name, PERSON.identity_number, PERSON.telephone, PERSON.address)
WORDS = "".join(SECRETS)
HOLDS_NO_WORDS = {
    "applicant.identity_key",
    "applicant.name_key",
    "case.folded",
    "case.migrated",
    "case.number",
    "case.old_number",
    "case.outcome",
    "case.query_code_hash",
    "case.receipt_basis",
    "case.row",
    "case.submission_key",
    "case.waiting_for",
    "charge.breakdown",
    "check.content_hash",
    "consultation.key",
    "decision.content_hash",
    "decision.ground",
    "decision.outcome",
    "decisionitem.ground",
    "decisionitem.outcome",
    "decisionversion.sha256",
    "duechange.cause",
    "enclosure.content_type",
    "enclosure.sha256",
    "extensionrequest.why",
    "fact.details",
    "letter.content_hash",
    "letter.kind",
    "letter.number",
    "letter.paper_hash",
    "letter.pdf",
    "letter.template",
    "letter.verification",
    "letter.word",
    "line.ground",
    "line.outcome",
    "line.row",
    "notice.kind",
    "provided.boxes",
    "provided.content_type",
    "provided.given_sha256",
    "provided.sha256",
    "appeal.result",
}
"""Columns of text that hold codes, numbers, digests or names of files, and never words."""


def room() -> list[type[models.Model]]:
    """Every table with rows of a case, however far away the case is."""
    found = {Case}
    while True:
        more = {
            model
            for model in apps.get_app_config("casework").get_models()
            for field in model._meta.concrete_fields
            if field.related_model in found and model not in found
        }
        if not more:
            return sorted(found, key=lambda model: model._meta.model_name or "")
        found |= more


def written(model: type[models.Model]) -> Iterator[models.Field[Any, Any]]:
    """The columns in which anybody may have written anything."""
    kinds = (models.CharField, models.TextField, models.JSONField, models.BinaryField)
    for field in model._meta.concrete_fields:
        named = f"{model._meta.model_name}.{field.name}"
        if isinstance(field, kinds) and not field.choices and named not in HOLDS_NO_WORDS:
            yield field


def text(value: object) -> str:
    """The value as it can be read by whoever has the keys."""
    if isinstance(value, bytes | memoryview):
        try:
            return opened(value).decode("utf-8", "replace")
        except SealBrokenError:
            return bytes(value).decode("utf-8", "replace")
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def told() -> dict[str, str]:
    """What stands in each column of each table of a case."""
    return {
        f"{model._meta.model_name}.{field.name}": "\n".join(
            text(value) for value in models.QuerySet(model).values_list(field.name, flat=True)
        )
        for model in room()
        for field in model._meta.concrete_fields
    }


def naming() -> set[str]:
    return {column for column, said in told().items() if any(one in said for one in SECRETS)}


def everything() -> Iterator[tuple[str, str]]:
    """Every row of the database, with its table."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                yield table, "\n".join(text(value) for value in row)


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 20), "teal").save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def shelf(settings: Any, tmp_path: Path) -> Path:
    """Where the files of this test lie, and no others."""
    settings.FILES = str(tmp_path)
    return tmp_path


@pytest.fixture
def case(shelf, office, received, today, county) -> Case:
    """A case in which everybody wrote the applicant's data wherever they could, long closed."""
    officer, head = office.officer, office.head
    made = received(person=PERSON, description=WORDS, document_number=WORDS, assistance=WORDS)
    scan = Incoming(f"{PERSON.name}.png", "image/png", picture())
    actions.add_enclosure(officer, made, EnclosureKind.IDENTITY, scan)
    unit = Unit.objects.create(agency=county.own, code="ys", name="预算股")
    due = today + timedelta(days=5)
    asked = actions.assign(
        officer, made, WORDS, on=today, due_on=due, unit=unit, naming_applicant=True
    )
    actions.answer_assignment(officer, asked, WORDS)
    search = actions.Search(today, WORDS, WORDS, WORDS, WORDS, archive_reply=WORDS)
    actions.record_search(officer, made, search)
    actions.confer(officer, made, on=today, participants=WORDS, note=WORDS)
    asked_for = [Asked("third_party", PERSON, WORDS, organisation=True)]
    (third,) = actions.consult(officer, made, asked_for, on=today, naming_applicant=True)
    posted(officer, third)
    opinion = {"on": today, "reasons": WORDS, "reasonable": True, "override_reason": PERSON.address}
    actions.record_opinion(officer, third, Opinion.OBJECTION, **opinion)
    more = actions.ask_extension(officer, made, 5, "search", on=today)
    actions.refuse_extension(head, more, WORDS)
    extended = actions.extend(head, made, days=5, reason=WORDS, on=today)
    actions.strike_fact(head, extended, WORDS)
    charged(made)
    untold(made)
    answered(office, made)
    closed_long_ago(office, made, today)
    return made


def charged(case: Case) -> None:
    Charge.objects.create(
        case=case,
        basis="page",
        quantity=31,
        amount=10,
        receipt_number=WORDS,
        refund_reason=WORDS,
        waived_reason=WORDS,
    )


def untold(case: Case) -> None:
    """Who has not been told yet, where they were reached before."""
    now = timezone.now()
    Notice.objects.create(
        case=case,
        kind=CONTACT_CHANGED,
        state=NoticeState.WAITING,
        created_at=now,
        next_at=now,
        sealed_to=seal(PERSON.to_bytes()),
    )


def answered(office: Any, case: Case) -> None:
    """Sent back, signed, taken back before it went out, and signed anew."""
    items = (ItemDraft(WORDS, "A2", "", WORDS), ItemDraft(WORDS, "A4", "N16_PROCESS", WORDS))
    said = Draft(WORDS, WORDS, WORDS, WORDS, WORDS, WORDS, WORDS, WORDS, WORDS, WORDS)
    said = replace(said, outcome="", ground="", items=items)
    decision = actions.draft(office.officer, case, said)
    paper = Incoming("list.pdf", "application/pdf", page_of(f"TEL {PERSON.telephone}"))
    given = actions.provide(office.officer, decision, paper, WORDS)
    for finding in given.hidden_findings:
        actions.judge_file(office.officer, given, finding["fingerprint"], WORDS)
    seen = actions.hand_in(office.officer, case).content_hash
    actions.check(office.head, case, "office", seen=seen, approved=False, comment=WORDS)
    actions.draft(office.officer, case, replace(said, reasons=f"{WORDS}。"))
    actions.hand_in(office.officer, case)
    for step in ("office", "secrecy", "legality"):
        office.approve(case, step)
    signed_now(office, case)
    colleague = User.objects.create(username="second", password="!")
    Membership.objects.create(user=colleague, agency=case.agency, role=Role.HEAD)
    actions.void(office.head, case, WORDS)
    actions.hand_in(office.officer, case)
    again = case.decisions.get(state="checking")
    for user, step in (
        (colleague, "office"),
        (office.secrecy, "secrecy"),
        (office.legality, "legality"),
    ):
        actions.check(user, case, step, seen=again.content_hash, approved=True)
    signed_now(office, case)


def signed_now(office: Any, case: Case) -> Decision:
    decision = case.decisions.get(state="signing")
    return actions.sign(office.signatory, case, seen=decision.content_hash)


def closed_long_ago(office: Any, case: Case, today: Any) -> None:
    """Sent out, counted otherwise, evaluated for publication, contested; forty years ago."""
    decision = case.decisions.get(state="signed")
    for letter in case.letters.filter(state="issued").order_by("id"):
        sending = Sending(Service.Manner.POST, posted_on=today, tracking=WORDS, note=WORDS)
        dispatch(office.officer, letter, sending)
    actions.close(office.officer, case, WORDS)
    actions.correct_line(office.head, case, outcome="A2", reason=WORDS, on=today)
    actions.decline_publication(office.officer, case, decision.provided.get(), WORDS)
    contested(case, office.officer, decision)
    contested(case, office.officer, decision, struck_at=timezone.now(), struck_because=WORDS)
    Case.objects.filter(pk=case.pk).update(closed_at=timezone.now() - timedelta(days=366 * 40))
    case.refresh_from_db()


def contested(case: Case, user: User, decision: Decision, **more: Any) -> None:
    """Contested to the end, and amended."""
    now = timezone.now()
    appeal = Appeal.objects.create(
        agency=case.agency,
        case=case,
        decision=decision,
        kind="reconsideration",
        before=WORDS,
        number=WORDS,
        about=WORDS,
        ordered=WORDS,
        contested_number=WORDS,
        contested_ground=WORDS,
        joint_key=WORDS,
        opened_on=timezone.localdate(),
        outcome="upheld",
        concluded_on=timezone.localdate(),
        created_by=user,
        created_at=now,
        **more,
    )
    said = {"before": {"about": WORDS}, "reason": WORDS, "by": user, "at": now}
    AppealAmendment.objects.create(appeal=appeal, **said)


@pytest.fixture
def emptied(case, head, django_capture_on_commit_callbacks) -> retaining.Removal:
    with django_capture_on_commit_callbacks(execute=True):
        return retaining.anonymise(head, case)


def test_the_case_of_this_test_has_words_in_every_column_that_can_hold_any(case):
    """A new table or column has to be written to above, or to be known as one without words."""
    columns = {
        f"{model._meta.model_name}.{field.name}" for model in room() for field in written(model)
    }
    assert columns - naming() == {"applicant.masked"}  # of a person the family name alone


def test_every_column_with_words_is_one_that_is_emptied():
    emptied = {f"{table.code}.{column}" for table in forgetting.TABLES for column in table.columns}
    apart = {"case.description", "case.document_number", "case.assistance", "appeal.joint_key"}
    columns = {
        f"{model._meta.model_name}.{field.name}" for model in room() for field in written(model)
    }
    assert columns - emptied == apart


def test_nothing_in_any_table_names_the_applicant_any_more(emptied):
    assert naming() == set()
    assert {table: one for table, row in everything() for one in SECRETS if one in row} == {}


def test_no_file_of_the_case_is_left(case, shelf, head, django_capture_on_commit_callbacks):
    before = [path for path in shelf.rglob("*") if path.is_file()]
    with django_capture_on_commit_callbacks(execute=True):
        removal = retaining.anonymise(head, case)
    assert len(before) == removal.files >= 4
    assert [path for path in shelf.rglob("*") if path.is_file()] == []


FIGURES = (
    (Line, ("on", "year", "row", "outcome", "ground", "sign", "applicant_kind")),
    (Decision, ("number", "state", "outcome", "ground", "content_hash", "decided_on")),
    (DecisionItem, ("position", "outcome", "ground")),
    (DecisionVersion, ("number", "sha256", "by")),
    (Provided, ("position", "given_sha256", "pages", "size")),
    (Fact, ("kind", "on", "details")),
    (Charge, ("basis", "quantity", "amount")),
    (Appeal, ("kind", "outcome", "opened_on", "concluded_on", "counted")),
    (Notice, ("kind", "state")),
)
LETTERS = ("number", "kind", "dated", "state", "content_hash", "paper_hash", "verification")


def figures(case: Case) -> list[list[Any]]:
    rows = [list(model.objects.order_by("pk").values_list(*names)) for model, names in FIGURES]
    return [*rows, list(case.letters.order_by("pk").values_list(*LETTERS))]


def test_figures_numbers_days_and_digests_stay_as_they_were(case, head):
    before = figures(case)
    retaining.anonymise(head, case)
    assert figures(case) == before
    assert Charge.objects.filter(waived_reason="").count() == 0


def test_the_trail_is_whole_and_names_in_numbers_what_was_removed(emptied, case):
    assert verify().faults == ()
    said = about(case).get(verb="casework.anonymise").details
    assert said["removed"] == emptied.rows
    assert said["files"] == emptied.files
    assert {"applicant", "decision", "letter", "provided", "line"} <= set(emptied.rows)


def test_the_report_names_the_case_and_the_tables_and_nobody(emptied):
    said = str(emptied)
    assert emptied.number in said
    assert "decisionversion" in said
    assert not any(one in said for one in SECRETS)


def test_two_books_that_tell_of_one_suit_still_count_it_once(case, head, officer, county):
    other = Appeal.objects.get()
    other.pk, other.case, other.decision, other.agency = None, None, None, county.other
    other.save()
    retaining.anonymise(head, case)
    keys = set(Appeal.objects.values_list("joint_key", flat=True))
    assert len(keys) == 1
    assert keys != {WORDS}


def test_nothing_is_done_any_more_to_a_case_without_words(emptied, case, head, officer):
    given = Provided.objects.last()
    assert refusal(actions.reopen, head, case, reason="重新办理") == "anonymised"
    assert refusal(actions.decline_publication, officer, case, given, "不公布") == "anonymised"


def let_pass(changes: list[tuple[Any, dict[str, Any]]]) -> list[tuple[Any, dict[str, Any]]]:
    """The changes that the database does not refuse."""
    passed = []
    for rows, change in changes:
        try:
            with transaction.atomic():
                if rows.update(**change):
                    passed.append((rows.model, change))
                transaction.set_rollback(True)
        except DatabaseError:
            continue
    return passed


def test_the_database_lets_no_word_go_before_the_case_is_emptied(case):
    changes = [
        (Decision.objects.filter(state="signed"), {"reasons": forgetting.REMOVED}),
        (DecisionItem.objects.all(), {"reasons": ""}),
        (DecisionVersion.objects.all(), {"content": ""}),
        (Check.objects.exclude(comment=""), {"comment": forgetting.REMOVED}),
        (Provided.objects.all(), {"title": forgetting.REMOVED}),
        (Fact.objects.exclude(struck_because=""), {"struck_because": forgetting.REMOVED}),
        (Line.objects.exclude(reason=""), {"reason": forgetting.REMOVED}),
    ]
    assert all(rows.exists() for rows, _ in changes)
    assert let_pass(changes) == []


def test_in_an_emptied_case_nothing_but_words_may_go(emptied):
    changes = [
        (Decision.objects.filter(state="signed"), {"outcome": "A1"}),
        (Decision.objects.filter(state="signed"), {"reasons": "另写的理由"}),
        (DecisionItem.objects.all(), {"outcome": "A1"}),
        (DecisionVersion.objects.all(), {"sha256": "0" * 64}),
        (Check.objects.all(), {"approved": False}),
        (Provided.objects.all(), {"given_sha256": "0" * 64}),
        (Line.objects.all(), {"on": "2020-01-01"}),
        (Line.objects.all(), {"reason": "另写的理由"}),
        (Fact.objects.exclude(struck_because=""), {"on": "2020-01-01"}),
    ]
    assert all(rows.exists() for rows, _ in changes)
    assert let_pass(changes) == []


def test_the_mark_of_an_emptied_case_is_set_after_its_end_and_never_taken_back(
    emptied, case, received
):
    with pytest.raises(DatabaseError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(anonymised_at=None)
    still_open = received()
    with pytest.raises(DatabaseError), transaction.atomic():
        Case.objects.filter(pk=still_open.pk).update(anonymised_at=timezone.now())


def test_the_file_of_an_emptied_case_can_still_be_taken_out(emptied, case, officer):
    case.refresh_from_db()
    out = io.BytesIO()
    actions.export_archive(officer, case, out)
    assert not any(one.encode() in out.getvalue() for one in SECRETS)
