"""The register follows what is published, and what is public follows the register."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.db import transaction

from gongkai.publishing import actions
from gongkai.publishing.document.models import Document
from gongkai.publishing.publication.models import Publication
from gongkai.publishing.refusal import NotAllowedError
from gongkai.publishing.register import queries
from gongkai.publishing.register.models import RegisterEvent
from gongkai.publishing.search.models import Outbox
from gongkai.trail.models import Entry
from tests.publishing.conftest import content
from tests.publishing.register.conftest import TODAY, Norm, bring_over, fresh

DAY = timedelta(days=1)


def entries(document: Document) -> list[tuple[str, date, bool]]:
    return [(row.kind, row.on, row.revoked_at is None) for row in queries.events_of(document)]


def test_a_normative_document_is_entered_as_made_on_the_day_it_was_formed(norm: Norm) -> None:
    document = norm(formed_on=date(2024, 3, 1))
    assert entries(document) == [("made", date(2024, 3, 1), True)]


def test_a_notice_is_not_entered(publish: Callable[..., Publication]) -> None:
    assert entries(publish().document) == []


def test_what_takes_effect_later_is_not_yet_in_force(norm: Norm) -> None:
    document = norm(effective_on=TODAY + 10 * DAY)
    assert (document.validity, document.validity_until) == ("not_yet", TODAY + 9 * DAY)


def test_what_has_run_out_is_published_as_lapsed(norm: Norm) -> None:
    document = norm(effective_on=date(2024, 3, 1), expires_on=TODAY - DAY)
    assert (document.validity, document.validity_until) == ("lapsed", None)


def test_a_notice_lapses_by_the_same_rule(publish: Callable[..., Publication]) -> None:
    document = publish(expires_on=TODAY + DAY, formed_on=date(2026, 1, 5)).document
    assert fresh(document).validity_until == TODAY + DAY
    assert actions.lapse_due(TODAY + 2 * DAY) == 1
    assert fresh(document).validity == "lapsed"


def test_a_revision_with_other_dates_makes_the_entry_anew_and_keeps_the_old_one(
    cast: SimpleNamespace, norm: Norm, approve: Callable[..., Document]
) -> None:
    document = norm(expires_on=date(2030, 1, 1))
    actions.amend(cast.drafter, document)
    said = content(
        title="青禾县供水管理办法",
        kind="normative_document",
        formed_on=date(2024, 3, 1),
        expires_on=date(2031, 1, 1),
    )
    actions.save(cast.drafter, fresh(document), said, base=1)
    actions.publish(cast.reviewer, approve(fresh(document)), "有效期笔误，予以更正")
    assert entries(document) == [
        ("made", date(2024, 3, 1), False),
        ("made", date(2024, 3, 1), True),
    ]
    assert fresh(document).validity_until == date(2031, 1, 1)


def test_a_revision_with_the_same_dates_leaves_the_entry_as_it_is(
    cast: SimpleNamespace, norm: Norm, approve: Callable[..., Document]
) -> None:
    document = norm()
    before = entries(document)
    actions.amend(cast.drafter, document)
    said = content(
        title="青禾县供水管理办法（修正）", kind="normative_document", formed_on=date(2024, 3, 1)
    )
    actions.save(cast.drafter, fresh(document), said, base=1)
    actions.publish(cast.reviewer, approve(fresh(document)), "改正错别字")
    assert entries(document) == before


def test_a_repeal_takes_effect_when_the_repealing_document_is_published(
    cast: SimpleNamespace, norm: Norm, draft: Callable[..., Document], publish: Norm
) -> None:
    old = norm()
    new = draft(title="关于废止供水管理办法的决定")
    actions.relate(cast.drafter, new, "repeals", old, since=date(2025, 1, 1))
    assert fresh(old).validity == "in_force"
    publish(new)
    assert fresh(old).validity == "repealed"
    assert entries(old)[-1] == ("repealed", date(2025, 1, 1), True)
    assert queries.life_of(old)[-1].by == new.pk


def test_a_repeal_from_a_later_day_waits_for_it(
    cast: SimpleNamespace, norm: Norm, publish: Callable[..., Publication]
) -> None:
    old, new = norm(), publish(title="关于废止供水管理办法的决定").document
    actions.relate(cast.reviewer, new, "repeals", old, since=TODAY + 5 * DAY)
    assert (fresh(old).validity, fresh(old).validity_until) == ("in_force", TODAY + 4 * DAY)
    assert actions.lapse_due(TODAY + 4 * DAY) == 0
    assert actions.lapse_due(TODAY + 5 * DAY) == 1
    assert fresh(old).validity == "repealed"


def test_an_amendment_marks_the_amended_document_and_taking_it_back_unmarks_it(
    cast: SimpleNamespace, norm: Norm, publish: Callable[..., Publication]
) -> None:
    old, new = norm(), publish(title="关于修改供水管理办法的决定").document
    relation = actions.relate(cast.reviewer, new, "amends", old, since=date(2025, 6, 1))
    assert fresh(old).validity == "amended"
    actions.unrelate(cast.reviewer, relation)
    assert fresh(old).validity == "in_force"
    assert entries(old)[-1] == ("amended", date(2025, 6, 1), False)


def test_an_interpretation_changes_nothing_in_the_register(
    cast: SimpleNamespace, norm: Norm, publish: Callable[..., Publication]
) -> None:
    old, new = norm(), publish(title="供水管理办法解读", kind="interpretation").document
    actions.relate(cast.reviewer, new, "interprets", old)
    assert len(entries(old)) == 1


def test_publishing_a_revision_of_the_repealing_document_repeals_once(
    cast: SimpleNamespace,
    norm: Norm,
    publish: Callable[..., Publication],
    approve: Callable[..., Document],
) -> None:
    old, new = norm(), publish(title="关于废止供水管理办法的决定").document
    actions.relate(cast.reviewer, new, "repeals", old, since=date(2025, 1, 1))
    actions.amend(cast.drafter, fresh(new))
    actions.save(cast.drafter, fresh(new), content(title="关于废止办法的决定"), base=1)
    actions.publish(cast.reviewer, approve(fresh(new)), "改正标题")
    assert [kind for kind, *_ in entries(old)] == ["made", "repealed"]


def test_taking_the_repealing_document_down_does_not_bring_the_repealed_one_back(
    cast: SimpleNamespace, norm: Norm, publish: Callable[..., Publication]
) -> None:
    old, new = norm(), publish(title="关于废止供水管理办法的决定").document
    actions.relate(cast.reviewer, new, "repeals", old, since=date(2025, 1, 1))
    actions.withdraw(cast.reviewer, fresh(new), reason="附件有误", public_note="附件有误，待更正")
    assert fresh(old).validity == "repealed"


def test_a_document_taken_down_is_still_counted_but_not_shown_to_the_public(
    cast: SimpleNamespace, county: SimpleNamespace, norm: Norm
) -> None:
    document = norm()
    actions.withdraw(cast.reviewer, document, reason="附件有误", public_note="附件有误，待更正")
    assert len(queries.in_force(county.own, TODAY)) == 1
    assert queries.in_force(county.own, TODAY, public_only=True) == []


def test_every_change_of_a_public_page_reaches_index_and_caches(
    cast: SimpleNamespace, norm: Norm, publish: Callable[..., Publication]
) -> None:
    old, new = norm(expires_on=TODAY + DAY), publish(title="关于修改办法的决定").document
    before = Outbox.objects.filter(document_id=old.pk).count()
    actions.relate(cast.reviewer, new, "amends", old, since=date(2025, 6, 1))
    assert Outbox.objects.filter(document_id=old.pk).count() > before
    before = Outbox.objects.filter(document_id=old.pk).count()
    actions.lapse_due(TODAY + 2 * DAY)
    assert Outbox.objects.filter(document_id=old.pk).count() == before + 1


def test_lapsing_leaves_a_line_of_the_trail_and_happens_once(norm: Norm) -> None:
    document = norm(expires_on=TODAY + DAY)
    assert actions.lapse_due(TODAY + 2 * DAY) == 1
    assert actions.lapse_due(TODAY + 2 * DAY) == 0
    line = Entry.objects.get(verb="publishing.validity")
    assert (line.object_id, line.actor_id) == (str(document.pk), None)
    assert line.details_json == '{"after":"lapsed","before":"in_force"}'


def test_days_nobody_worked_on_are_made_up_for(norm: Norm) -> None:
    document = norm(effective_on=TODAY + DAY, expires_on=TODAY + 5 * DAY)
    assert actions.lapse_due(TODAY + 90 * DAY) == 1
    assert fresh(document).validity == "lapsed"


def test_an_extension_is_entered_with_what_it_rests_on(cast: SimpleNamespace, norm: Norm) -> None:
    document = norm(expires_on=TODAY + 5 * DAY)
    actions.enter_event(
        cast.legality_reviewer,
        document,
        "extended",
        TODAY,
        "经评估继续实施",
        expires_on=TODAY + 500 * DAY,
    )
    assert fresh(document).validity_until == TODAY + 500 * DAY
    assert RegisterEvent.objects.get(kind="extended").note == "经评估继续实施"


@pytest.mark.parametrize(
    ("kind", "on", "expires_on", "reason"),
    [
        ("extended", TODAY, TODAY - DAY, "bad_dates"),
        ("repealed", TODAY, TODAY + DAY, "bad_dates"),
        ("repealed", date(2024, 2, 29), None, "not_made_yet"),
        ("made", TODAY, None, "not_registered"),
        ("forgotten", TODAY, None, "not_registered"),
        ("extended", date(2031, 1, 1), None, "already_ended"),
    ],
)
def test_what_cannot_have_happened_is_not_entered(
    cast: SimpleNamespace, norm: Norm, kind: str, on: date, expires_on: date | None, reason: str
) -> None:
    document = norm(expires_on=date(2030, 12, 31))
    with pytest.raises(NotAllowedError) as refused:
        actions.enter_event(cast.officer, document, kind, on, "说明", expires_on=expires_on)
    assert refused.value.reason == reason
    assert len(entries(document)) == 1


def test_an_entry_needs_words_about_what_it_rests_on(cast: SimpleNamespace, norm: Norm) -> None:
    with pytest.raises(NotAllowedError, match="reason"):
        actions.enter_event(cast.officer, norm(), "repealed", TODAY, "  ")


@pytest.mark.parametrize("who", ["drafter", "colleague", "supervisor", "stranger", "anonymous"])
def test_others_enter_and_revoke_nothing(cast: SimpleNamespace, norm: Norm, who: str) -> None:
    document = norm()
    with pytest.raises(NotAllowedError, match="role"):
        actions.enter_event(getattr(cast, who), document, "repealed", TODAY, "说明")
    with pytest.raises(NotAllowedError, match="role"):
        actions.revoke_event(getattr(cast, who), document.events.get(), "说明")


def test_a_mistaken_entry_is_revoked_and_stays_with_the_reason(
    cast: SimpleNamespace, norm: Norm
) -> None:
    document = norm()
    row = actions.enter_event(cast.officer, document, "repealed", date(2025, 1, 1), "上位法废止")
    assert fresh(document).validity == "repealed"
    actions.revoke_event(cast.officer, row, "看错了文件")
    assert fresh(document).validity == "in_force"
    row.refresh_from_db()
    assert row.revoked_reason == "看错了文件"
    with pytest.raises(NotAllowedError, match="no such entry"):
        actions.revoke_event(cast.officer, row, "再撤一次")


def test_an_entry_that_follows_from_a_relation_is_undone_by_taking_the_relation_back(
    cast: SimpleNamespace, norm: Norm, publish: Callable[..., Publication]
) -> None:
    old, new = norm(), publish(title="关于废止供水管理办法的决定").document
    actions.relate(cast.reviewer, new, "repeals", old, since=date(2025, 1, 1))
    with pytest.raises(NotAllowedError) as refused:
        actions.revoke_event(cast.officer, old.events.get(kind="repealed"), "写错了")
    assert refused.value.reason == "by_relation"


def test_a_document_never_made_in_law_leaves_the_register_once_it_is_not_public(
    cast: SimpleNamespace, county: SimpleNamespace, norm: Norm
) -> None:
    document = norm()
    with pytest.raises(NotAllowedError) as refused:
        actions.revoke_event(cast.officer, document.events.get(), "未经审议通过")
    assert refused.value.reason == "still_public"
    actions.withdraw(cast.reviewer, document, reason="未经审议", public_note="尚未通过，予以撤回")
    actions.revoke_event(cast.officer, document.events.get(), "未经审议通过")
    assert queries.in_force(county.own, TODAY) == []


def test_documents_brought_over_are_entered_like_published_ones(
    held: Norm, county: SimpleNamespace
) -> None:
    lapsed = held(formed_on=date(2015, 1, 1), expires_on=date(2020, 1, 1))
    living = held(formed_on=date(2023, 1, 1))
    assert (lapsed.validity, living.validity) == ("lapsed", "in_force")
    assert [r.document.document_id for r in queries.in_force(county.own, TODAY)] == [living.pk]


def test_a_thousand_documents_are_brought_over_in_a_moment(
    cast: SimpleNamespace, county: SimpleNamespace
) -> None:
    with transaction.atomic():
        brought = bring_over(
            cast.administrator,
            county.own,
            [
                {
                    "title": f"第{n}号文件",
                    "kind": "normative_document" if n % 10 == 0 else "notice",
                    "expires_on": date(2024, 3, 1) + n * DAY if n % 3 == 0 else None,
                }
                for n in range(1_000)
            ],
        )
        start = time.perf_counter()
        done = actions.noted_in_bulk(cast.administrator, brought)
        seconds = time.perf_counter() - start
    assert done.entries == 100
    assert seconds < 3
    assert actions.noted_in_bulk(cast.administrator, brought[:5]).entries == 0


def test_asking_what_is_due_does_not_touch_documents_whose_time_has_not_come(
    norm: Norm, django_assert_num_queries: Callable[..., object]
) -> None:
    norm()
    with django_assert_num_queries(1):
        actions.lapse_due(TODAY)
