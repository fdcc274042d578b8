"""The text of a report is written with live figures and reads as the tables say."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from django.test import Client

from gongkai.annual_report import actions
from gongkai.annual_report.models import Revision
from tests.desk.yearend.conftest import TEXTS, YEAR, text

PAGE = f"/desk/reports/qh-cz/{YEAR}/1/narrative/"
EVERY = tuple(f"text-{number}" for number in range(7))


def written(client: Client, **said: Any) -> Any:
    """What comes back when the form is sent as it stands, with changes; `text_1` is section one."""
    page = client.get(PAGE)
    form = {f"text-{p.number}": p.text for p in page.context["passages"]}
    changes = {name.replace("_", "-"): value for name, value in said.items()}
    seen = page.context["revision"].content_hash
    return client.post(PAGE, {**form, "seen": seen, "do": "save", **changes})


def passage(answer: Any, number: int) -> Any:
    return next(p for p in answer.context["passages"] if p.number == number)


def test_a_figure_is_written_by_its_address_and_reads_as_the_table_says(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    compiled: Callable[..., Revision],
    desk: Callable[..., Client],
) -> None:
    compiled(county.own)
    answer = written(
        desk(cast.officer), text_1="收到{applications.1.total}件，办结{applications.3.7.total}件。"
    )
    assert answer.status_code == 302
    assert Revision.objects.get().as_report().sections[0].text == "收到3件，办结2件。"


def test_a_preview_keeps_nothing(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    compiled: Callable[..., Revision],
    desk: Callable[..., Client],
) -> None:
    before = compiled(county.own).content_hash
    answer = written(desk(cast.officer), text_1="收到{applications.1.total}件。", do="preview")
    assert passage(answer, 1).reads == "收到3件。"
    assert Revision.objects.get().content_hash == before


def test_an_unknown_address_is_told_with_its_place_and_what_was_typed_stays(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    compiled: Callable[..., Revision],
    desk: Callable[..., Client],
) -> None:
    before = compiled(county.own).content_hash
    answer = written(desk(cast.officer), text_5="一是\n收到{applications.99.total}件。")
    page = text(answer)
    assert answer.status_code == 422
    assert "第 2 行第 3 字" in page
    assert "{applications.99.total}" in page
    assert 'href="#text-5"' in page
    assert passage(answer, 5).text.startswith("一是")
    assert Revision.objects.get().content_hash == before


def test_the_overview_is_counted_as_it_reads_against_a_thousand_characters(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    compiled: Callable[..., Revision],
    desk: Callable[..., Client],
) -> None:
    compiled(county.own)
    long = "字" * 1000 + "{applications.1.total}"
    answer = written(desk(cast.officer), text_1=long, do="preview")
    assert (passage(answer, 1).length, passage(answer, 1).too_long) == (1001, True)
    answer = written(desk(cast.officer), text_1="字 字\n字", do="preview")
    assert (passage(answer, 1).length, passage(answer, 1).too_long) == (3, False)


def test_a_draft_from_the_records_is_put_below_what_was_written(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    compiled: Callable[..., Revision],
    desk: Callable[..., Client],
) -> None:
    compiled(county.own)
    answer = written(desk(cast.officer), text_1="已经写好的。", do="draft-1")
    drafted = passage(answer, 1).text
    assert drafted.startswith("已经写好的。\n（一）主动公开。")
    assert "{applications.1.total}" in drafted
    again = written(desk(cast.officer), text_1=drafted, do="draft-1")
    assert passage(again, 1).text == drafted


def test_without_script_a_figure_goes_to_the_end_of_the_chosen_section(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    compiled: Callable[..., Revision],
    desk: Callable[..., Client],
) -> None:
    compiled(county.own)
    answer = written(
        desk(cast.officer), text_6="收到", do="insert", into="6", pick="applications.1.total"
    )
    assert passage(answer, 6).text == "收到{applications.1.total}"
    assert passage(answer, 6).reads == "收到3"


def test_who_comes_second_is_told_and_may_send_it_again(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    compiled: Callable[..., Revision],
    desk: Callable[..., Client],
) -> None:
    revision, client = compiled(county.own), desk(cast.officer)
    seen = revision.content_hash
    actions.narrate(cast.administrator, revision, {6: "别人写的。"})
    form = {f"text-{number}": said for number, said in TEXTS.items()}
    answer = client.post(PAGE, {**form, "text-6": "我写的。", "seen": seen, "do": "save"})
    assert answer.status_code == 409
    assert passage(answer, 6).text == "我写的。"
    fresh = answer.context["revision"].content_hash
    again = client.post(PAGE, {**form, "text-6": "我写的。", "seen": fresh, "do": "save"})
    assert again.status_code == 302


def test_what_is_final_is_read_and_not_written(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    compiled: Callable[..., Revision],
    desk: Callable[..., Client],
) -> None:
    actions.freeze(cast.administrator, compiled(county.own))
    answer = desk(cast.officer).get(PAGE)
    page = text(answer)
    assert "readonly" in page
    assert "保存正文" not in page
    assert "全年收到申请3件" in passage(answer, 1).reads


def test_the_year_before_can_be_told_once_its_report_is_public(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    compiled: Callable[..., Revision],
    desk: Callable[..., Client],
    draft: Callable[..., Revision],
    publish: Callable[..., Revision],
) -> None:
    publish(draft(county.own, YEAR - 1, change={"applications.1.total": 2}))
    compiled(county.own)
    answer = written(desk(cast.officer), text_6="{change.applications.1.total}", do="preview")
    assert passage(answer, 6).reads == "比上年增加1件"
