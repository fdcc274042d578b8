"""Agencies, units and people on pages, for the administrators of their subtree alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongkai.administration import agencies as placing
from gongkai.administration import people as staffing
from gongkai.org.actions import add_agency, add_unit, appoint
from gongkai.org.importing.sheets import read
from gongkai.org.models import Agency, Role, User
from gongkai.org.permissions import holds
from gongkai.trail.models import Entry
from tests.org.importing.book import tree

ORG = "/desk/org/"
PAGES = (
    "",
    "agencies/add/",
    "agencies/qh-cz/",
    "agencies/qh-cz/edit/",
    "agencies/qh-cz/move/",
    "agencies/qh-cz/close/",
    "agencies/qh-cz/units/add/",
    "agencies/qh-cz/people/add/",
    "people/",
    "import/",
    "import/template/",
    "import/export/",
)
FIELDS = {"name": "青禾县文旅局", "level": "department"}
Desk = Callable[[User], Client]


@pytest.fixture
def admin(cast: SimpleNamespace, desk: Desk) -> Client:
    return desk(cast.administrator)


def seen(client: Client, where: str) -> str:
    found = re.search(r'name="seen" value="(\w+)"', client.get(ORG + where).content.decode())
    assert found
    return found[1]


class TestAccess:
    @pytest.mark.parametrize("where", PAGES)
    def test_nobody_sees_the_pages_without_logging_in(
        self, county: SimpleNamespace, where: str
    ) -> None:
        answer = Client().get(ORG + where)
        assert answer["Location"] == f"/desk/login/?next={ORG}{where}"

    @pytest.mark.parametrize("where", PAGES)
    @pytest.mark.parametrize("who", ["officer", "reviewer", "supervisor", "stranger"])
    def test_who_administers_nothing_reads_why(
        self, cast: SimpleNamespace, desk: Desk, who: str, where: str
    ) -> None:
        answer = desk(getattr(cast, who)).get(ORG + where)
        assert answer.status_code == 403
        assert "不是该机关的管理员" in answer.content.decode()

    @pytest.mark.parametrize("where", PAGES)
    def test_an_administrator_sees_them(
        self, county: SimpleNamespace, admin: Client, where: str
    ) -> None:
        answer = admin.get(ORG + where)
        assert answer.status_code == 200
        assert "no-store" in answer["Cache-Control"]
        if "html" in answer["Content-Type"]:
            text = answer.content.decode()
            assert " style=" not in text
            assert text.count("<script") == text.count("<script src=")

    @pytest.mark.parametrize("where", [page for page in PAGES if "qh-cz" in page])
    def test_an_administrator_of_another_subtree_does_not(
        self, county: SimpleNamespace, cast: SimpleNamespace, desk: Desk, where: str
    ) -> None:
        appoint(cast.stranger, county.outside, Role.ADMINISTRATOR)
        assert desk(cast.stranger).get(ORG + where).status_code == 403

    def test_lists_tell_nothing_of_another_subtree(
        self, county: SimpleNamespace, cast: SimpleNamespace, desk: Desk
    ) -> None:
        appoint(cast.stranger, county.outside, Role.ADMINISTRATOR)
        client = desk(cast.stranger)
        for page in ("", "?q=qinghe", "?q=青禾", "people/", "people/?q=officer"):
            text = client.get(ORG + page).content.decode()
            assert "青禾县财政局" not in text
            assert not re.search(r"<t[dh][^>]*>[^<]*officer", text)
        *exported, _explanations = read(client.get(f"{ORG}import/export/").content)
        assert "青禾" not in repr(exported)
        assert "officer" not in repr(exported)

    def test_people_elsewhere_are_as_if_there_were_none(
        self, county: SimpleNamespace, cast: SimpleNamespace, desk: Desk
    ) -> None:
        appoint(cast.stranger, county.outside, Role.ADMINISTRATOR)
        client = desk(cast.stranger)
        for key in (cast.officer.pk, 999_999):
            assert client.get(f"{ORG}people/{key}/").status_code == 404
            for verb in ("dismiss", "activate"):
                assert client.post(f"{ORG}people/{key}/{verb}/").status_code == 404
        client.post(f"{ORG}people/links/", {"person": [cast.officer.pk]})
        assert not Entry.objects.exists()

    def test_posts_elsewhere_are_not_told(
        self, county: SimpleNamespace, cast: SimpleNamespace, desk: Desk
    ) -> None:
        appoint(cast.stranger, county.outside, Role.ADMINISTRATOR)
        appoint(cast.officer, county.outside, Role.HEAD)
        client = desk(cast.stranger)
        for page in ("people/", f"people/{cast.officer.pk}/"):
            text = client.get(ORG + page).content.decode()
            assert "白沙县财政局" in text
            assert "青禾县财政局" not in text
        assert "在您管理范围以外任职" in text


class TestAgencies:
    def test_are_a_tree_in_their_official_order(
        self, county: SimpleNamespace, admin: Client
    ) -> None:
        add_agency(code="qh-cz-1", name="国库中心", level="department", superior=county.own)
        rows = admin.get(ORG).context["rows"]
        assert [(agency.code, len(indent)) for agency, indent in rows] == [
            ("qh", 0),
            ("qh-cz", 1),
            ("qh-cz-1", 2),
            ("qh-mz", 1),
            ("qh-lx", 1),
        ]

    @pytest.mark.parametrize("text", ["财政", "财政局", "cz", "caizheng", "Finance"])
    def test_are_found_by_any_form_of_their_names(
        self, county: SimpleNamespace, admin: Client, text: str
    ) -> None:
        rows = admin.get(ORG, {"q": text}).context["rows"]
        assert [agency.code for agency, _ in rows] == ["qh-cz"]

    def test_that_are_not_found_leave_a_way_on(
        self, county: SimpleNamespace, admin: Client
    ) -> None:
        assert "没有这样的机关" in admin.get(ORG, {"q": "水利"}).content.decode()

    def test_come_in_pages(self, county: SimpleNamespace, admin: Client) -> None:
        for n in range(60):
            add_agency(code=f"n{n}", name=f"第{n}站", level="department", superior=county.top)
        assert len(admin.get(ORG).context["rows"]) == 50
        assert len(admin.get(ORG, {"page": "2"}).context["rows"]) == 14

    def test_are_added_below_one_in_charge(self, county: SimpleNamespace, admin: Client) -> None:
        asked = admin.get(f"{ORG}agencies/add/?superior=qh-cz").content.decode()
        assert 'value="qh-cz"' in asked
        posted = {**FIELDS, "code": "qh-wl", "superior": "青禾县人民政府"}
        answer = admin.post(f"{ORG}agencies/add/", posted)
        assert answer["Location"] == f"{ORG}agencies/qh-wl/"
        assert Agency.objects.get(code="qh-wl").superior == county.top

    @pytest.mark.parametrize(
        ("change", "words"),
        [
            ({"code": "qh-cz"}, "代码"),
            ({"name": "青禾县财政局"}, "名称"),
            ({"superior": ""}, "只有系统的运行者"),
            ({"superior": "nowhere"}, "没有“nowhere”这个机关"),
            ({"credit_code": "11990121MB0000001B"}, "校验位不对"),
        ],
    )
    def test_that_do_not_fit_are_answered_with_a_summary_and_what_was_typed(
        self, county: SimpleNamespace, admin: Client, change: dict[str, str], words: str
    ) -> None:
        posted = {**FIELDS, "code": "qh-wl", "superior": "qh", "court": "青禾县法院", **change}
        answer = admin.post(f"{ORG}agencies/add/", posted)
        text = answer.content.decode()
        assert answer.status_code == 422
        assert "error-summary" in text
        assert words in text
        assert "青禾县法院" in text

    def test_outside_ones_charge_are_no_place_to_add(
        self, county: SimpleNamespace, admin: Client
    ) -> None:
        posted = {**FIELDS, "code": "x", "superior": "bs-cz"}
        assert admin.post(f"{ORG}agencies/add/", posted).status_code == 403
        assert not Agency.objects.filter(code="x").exists()

    def test_say_what_the_guide_still_lacks_and_who_reconsiders(
        self, county: SimpleNamespace, admin: Client
    ) -> None:
        text = admin.get(f"{ORG}agencies/qh-cz/").content.decode()
        assert "公开指南还缺：办公地址、办公时间、联系电话、传真号码、电子邮箱。" in text
        assert "行政复议法第二十四条" in text

    def test_are_changed_where_they_stand(self, county: SimpleNamespace, admin: Client) -> None:
        page = f"{ORG}agencies/qh-cz/edit/"
        mark = seen(admin, "agencies/qh-cz/edit/")
        posted = {**FIELDS, "name": "青禾县财政局", "telephone": "0000-1", "seen": mark}
        assert admin.post(page, posted).status_code == 302
        county.own.refresh_from_db()
        assert (county.own.telephone, county.own.position) == ("0000-1", 0)

    def test_that_somebody_else_has_changed_meanwhile_are_shown_as_they_are_now(
        self, county: SimpleNamespace, cast: SimpleNamespace, admin: Client
    ) -> None:
        mark = seen(admin, "agencies/qh-cz/edit/")
        placing.change_agency(cast.superuser, county.own, telephone="0000-9")
        posted = {**FIELDS, "name": "青禾县财政局", "telephone": "0000-1", "seen": mark}
        answer = admin.post(f"{ORG}agencies/qh-cz/edit/", posted)
        text = answer.content.decode()
        assert answer.status_code == 409
        assert "0000-9" in text
        assert 'value="0000-1"' in text
        found = re.search(r'name="seen" value="(\w+)"', text)
        assert found
        again = {**posted, "seen": found[1]}
        assert admin.post(f"{ORG}agencies/qh-cz/edit/", again).status_code == 302

    def test_are_moved_closed_and_reopened(self, county: SimpleNamespace, admin: Client) -> None:
        mark = seen(admin, "agencies/qh-lx/move/")
        posted = {"superior": "qh-cz", "reason": "机构改革", "seen": mark}
        admin.post(f"{ORG}agencies/qh-lx/move/", posted)
        mark = seen(admin, "agencies/qh-cz/close/")
        answer = admin.post(f"{ORG}agencies/qh-cz/close/", {"reason": "合并", "seen": mark})
        assert answer.status_code == 409
        assert "下面还有存续的机关" in answer.content.decode()
        mark = seen(admin, "agencies/qh-lx/close/")
        admin.post(f"{ORG}agencies/qh-lx/close/", {"reason": "合并", "seen": mark})
        assert admin.get(ORG, {"closed": "1"}).context["rows"][0][0].code == "qh-lx"
        admin.post(f"{ORG}agencies/qh-lx/reopen/")
        county.town.refresh_from_db()
        assert county.town.active

    def test_units_are_added_changed_and_closed(
        self, county: SimpleNamespace, admin: Client
    ) -> None:
        base = f"{ORG}agencies/qh-cz/units/"
        assert admin.post(f"{base}add/", {"code": "ys", "name": "预算股"}).status_code == 302
        again = admin.post(f"{base}add/", {"code": "ys", "name": "别名股"})
        assert again.status_code == 422
        admin.post(f"{base}ys/", {"name": "预算绩效股"})
        admin.post(f"{base}ys/state/", {"verb": "close"})
        unit = county.own.units.get()
        assert (unit.name, unit.active) == ("预算绩效股", False)
        assert admin.get(f"{base}zz/").status_code == 404

    def test_tell_in_the_trail_what_was_done_in_words(
        self, county: SimpleNamespace, cast: SimpleNamespace, admin: Client
    ) -> None:
        placing.change_agency(cast.administrator, county.own, level="street", vertical=True)
        staffing.appoint(cast.administrator, cast.officer, county.own, Role.HEAD)
        staffing.deactivate(cast.administrator, cast.officer, "调离")
        lines = admin.get("/desk/trail/").context["lines"]
        assert [(line.verb, dict(line.facts)) for line in lines] == [
            ("停用账号", {"理由": "调离"}),
            ("任命", {"角色": "公开办负责人"}),
            ("修改机关", {"层级": "政府部门 改为 街道办事处", "垂直领导": "否 改为 是"}),
        ]


class TestPeople:
    def test_new_ones_get_a_link_that_sets_a_password_once(
        self, county: SimpleNamespace, admin: Client
    ) -> None:
        posted = {"username": "chen", "full_name": "陈巧云", "role": "drafter"}
        answer = admin.post(f"{ORG}agencies/qh-cz/people/add/", posted)
        (made, address), *_ = answer.context["links"]
        assert holds(made, county.own, Role.DRAFTER)
        visitor = Client()
        page = visitor.get(urlsplit(address).path, follow=True)
        assert page.redirect_chain[0][0].endswith("/set/")
        new = "清水河边有三棵老柳树"
        set_page = page.redirect_chain[0][0]
        weak = visitor.post(set_page, {"new_password1": "123", "new_password2": "123"})
        assert "error-summary" in weak.content.decode()
        done = visitor.post(set_page, {"new_password1": new, "new_password2": new})
        assert done["Location"] == "/desk/login/"
        made.refresh_from_db()
        assert made.check_password(new)
        assert Entry.objects.latest("sequence").verb == "org.set_password"
        dead = Client().get(urlsplit(address).path)
        assert dead.status_code == 410
        assert "链接不能用了" in dead.content.decode()

    @pytest.mark.parametrize("address", ["x/y", "MQ/abc-def", "999999/abc-def"])
    def test_a_made_up_link_opens_nothing(self, cast: SimpleNamespace, address: str) -> None:
        assert Client().get(f"{ORG}welcome/{address}/").status_code == 410

    def test_who_have_an_account_under_another_name_are_not_taken(
        self, county: SimpleNamespace, admin: Client
    ) -> None:
        posted = {"username": "stranger", "full_name": "陈巧云", "role": "drafter"}
        answer = admin.post(f"{ORG}agencies/qh-cz/people/add/", posted)
        assert answer.status_code == 422
        assert "姓名与您填的不同" in answer.content.decode()

    def test_are_found_by_name_role_and_state(
        self, county: SimpleNamespace, cast: SimpleNamespace, admin: Client
    ) -> None:
        found = admin.get(f"{ORG}people/", {"q": "review", "role": "head"}).context["page"]
        assert [holder.username for holder in found] == ["reviewer"]
        staffing.add_person(
            cast.administrator, "chen", "陈巧云", agency=county.own, role=Role.DRAFTER
        )
        waiting = admin.get(f"{ORG}people/", {"state": "waiting"}).context["page"]
        assert [holder.username for holder in waiting] == ["chen"]
        empty = admin.get(f"{ORG}people/", {"state": "inactive"}).content.decode()
        assert "这里没有人" in empty

    def test_are_appointed_to_a_unit_and_dismissed(
        self, county: SimpleNamespace, cast: SimpleNamespace, admin: Client
    ) -> None:
        unit = add_unit(county.other, code="gk", name="公开股")
        base = f"{ORG}people/{cast.officer.pk}/"
        page = admin.get(f"{base}appoint/", {"agency": "青禾县民政局"})
        assert "公开股" in page.content.decode()
        posted = {"role": "liaison_officer", "unit": unit.pk}
        admin.post(f"{base}appoint/?agency=qh-mz", posted)
        post = cast.officer.memberships.get(role=Role.LIAISON_OFFICER)
        assert post.unit == unit
        admin.post(f"{base}dismiss/", {"post": post.pk})
        assert not holds(cast.officer, county.other, Role.LIAISON_OFFICER)

    @pytest.mark.parametrize("number", ["", "x", "０", "9" * 23, "9" * 5000])
    def test_are_not_dismissed_from_a_post_that_is_none(
        self, cast: SimpleNamespace, admin: Client, number: str
    ) -> None:
        answer = admin.post(f"{ORG}people/{cast.officer.pk}/dismiss/", {"post": number})
        assert answer.status_code == 404

    @pytest.mark.parametrize("number", ["x", "9" * 23, "9" * 5000])
    def test_are_not_invited_by_a_number_that_is_none(self, admin: Client, number: str) -> None:
        answer = admin.post(f"{ORG}people/links/", {"person": number})
        assert answer["Location"] == f"{ORG}people/"

    def test_are_not_appointed_outside_ones_charge(
        self, county: SimpleNamespace, cast: SimpleNamespace, admin: Client
    ) -> None:
        base = f"{ORG}people/{cast.officer.pk}/appoint/"
        assert admin.get(base, {"agency": "bs-cz"}).status_code == 403
        assert admin.get(base, {"agency": "没有的局"}).status_code == 422

    def test_who_lose_their_last_post_leave_the_list(
        self, county: SimpleNamespace, cast: SimpleNamespace, admin: Client
    ) -> None:
        post = cast.officer.memberships.get()
        answer = admin.post(f"{ORG}people/{cast.officer.pk}/dismiss/", {"post": post.pk})
        assert answer["Location"] == f"{ORG}agencies/qh-cz/"
        assert admin.get(f"{ORG}people/{cast.officer.pk}/").status_code == 404

    def test_who_are_switched_off_are_logged_out_at_once(
        self, county: SimpleNamespace, cast: SimpleNamespace, desk: Desk, admin: Client
    ) -> None:
        theirs = desk(cast.officer)
        assert theirs.get("/desk/upload/").status_code == 200
        admin.post(f"{ORG}people/{cast.officer.pk}/deactivate/", {"reason": "调离"})
        assert theirs.get("/desk/upload/").status_code == 302
        admin.post(f"{ORG}people/{cast.officer.pk}/activate/")
        assert User.objects.get(pk=cast.officer.pk).is_active

    def test_are_renamed(self, cast: SimpleNamespace, admin: Client) -> None:
        admin.post(f"{ORG}people/{cast.officer.pk}/", {"full_name": "沈知秋"})
        assert User.objects.get(pk=cast.officer.pk).full_name == "沈知秋"


class TestImport:
    DATA = tree(
        [("qh-wl", "青禾县文旅局", "部门", "qh")], [], [("lin", "林若溪", "qh-wl", "拟稿人", "")]
    )
    BAD = tree([("qh-wl", "青禾县文旅局", "部门", "qh"), ("x", "某站", "村", "qh")])

    def upload(self, client: Client, data: bytes, name: str = "tree.xlsx") -> str:
        answer = client.post(f"{ORG}import/", {"file": SimpleUploadedFile(name, data)})
        assert answer.status_code == 302, answer.content.decode()
        return str(answer["Location"])

    def test_shows_what_would_happen_and_writes_nothing(
        self, county: SimpleNamespace, admin: Client
    ) -> None:
        page = admin.get(self.upload(admin, self.DATA))
        text = page.content.decode()
        assert "每一行都没有错" in text
        assert "青禾县文旅局" in text
        assert not Agency.objects.filter(code="qh-wl").exists()

    def test_confirmed_it_is_carried_out_and_gives_links(
        self, county: SimpleNamespace, admin: Client
    ) -> None:
        place = self.upload(admin, self.DATA)
        digest = admin.get(place).context["plan"].digest
        answer = admin.post(place, {"seen": digest})
        assert Agency.objects.filter(code="qh-wl").exists()
        assert [holder.username for holder, _ in answer.context["links"]] == ["lin"]
        again = admin.post(place, {"seen": digest})
        assert again["Location"] == f"{ORG}import/"

    def test_with_bad_rows_names_them_and_takes_the_others_only_on_demand(
        self, county: SimpleNamespace, admin: Client
    ) -> None:
        place = self.upload(admin, self.BAD)
        page = admin.get(place)
        assert "没有“村”这个层级" in page.content.decode()
        digest = page.context["plan"].digest
        refused = admin.post(place, {"seen": digest})
        assert refused.status_code == 422
        assert not Agency.objects.filter(code="qh-wl").exists()
        admin.post(place, {"seen": digest, "good_rows": "1"})
        assert Agency.objects.filter(code="qh-wl").exists()

    def test_that_would_now_do_something_else_is_shown_anew(
        self, county: SimpleNamespace, cast: SimpleNamespace, admin: Client
    ) -> None:
        place = self.upload(admin, self.DATA)
        digest = admin.get(place).context["plan"].digest
        add_agency(code="qh-wl", name="青禾县文旅局", level="department", superior=county.top)
        answer = admin.post(place, {"seen": digest})
        assert answer.status_code == 409
        assert not User.objects.filter(username="lin").exists()

    @pytest.mark.parametrize("data", [b"PK\x03\x04 broken", b"", b"a,b\n1,2\n"])
    def test_of_a_file_that_cannot_be_read_says_what_to_do(
        self, county: SimpleNamespace, admin: Client, data: bytes
    ) -> None:
        answer = admin.post(f"{ORG}import/", {"file": SimpleUploadedFile("x.xlsx", data)})
        assert answer.status_code == 422
        assert "error-summary" in answer.content.decode()

    def test_of_no_file_says_so(self, county: SimpleNamespace, admin: Client) -> None:
        assert "还没有选择文件" in admin.post(f"{ORG}import/").content.decode()

    def test_of_somebody_else_is_not_to_be_seen(
        self, county: SimpleNamespace, cast: SimpleNamespace, desk: Desk, admin: Client
    ) -> None:
        place = self.upload(admin, self.DATA)
        assert desk(cast.superuser).get(place).status_code == 302

    @pytest.mark.parametrize("show", ["problems", "changes", "notes", "zz"])
    def test_lists_come_apart_and_in_pages(
        self, county: SimpleNamespace, admin: Client, show: str
    ) -> None:
        rows = [(f"n{n}", f"第{n}站", "部门" if n % 2 else "村", "qh") for n in range(150)]
        place = self.upload(admin, tree(rows))
        page = admin.get(place, {"show": show, "page": "2"})
        assert page.status_code == 200
        assert len(page.context["rows"]) == {"notes": 0}.get(show, 25)

    def test_the_template_and_the_tree_are_workbooks(
        self, county: SimpleNamespace, admin: Client
    ) -> None:
        for page in ("template", "export"):
            answer = admin.get(f"{ORG}import/{page}/")
            assert "attachment" in answer["Content-Disposition"]
            assert [sheet.name for sheet in read(BytesIO(answer.content).read())][:3] == [
                "机关",
                "内设机构",
                "人员",
            ]
