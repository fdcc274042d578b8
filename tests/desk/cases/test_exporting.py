"""The file of a case and the evidence leave the desk as packages, for those who may open them."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from gongkai.trail.models import Entry

PACKAGES = ("archive", "evidence")


def taken(client, case, name):
    return client.post(f"/desk/cases/{case.pk}/{name}.zip")


@pytest.mark.parametrize("name", PACKAGES)
def test_the_officer_takes_a_package_and_the_trail_says_so(case, desk, officer, name):
    answer = taken(desk(officer), case, name)
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as packed:
        assert packed.testzip() is None
        assert len(packed.namelist()) > 1
    assert case.number in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]
    assert Entry.objects.filter(verb=f"casework.export_{name}").count() == 1


@pytest.mark.parametrize("name", PACKAGES)
def test_who_may_not_open_the_persons_takes_nothing(case, desk, secrecy, colleague, name):
    assert taken(desk(secrecy), case, name).status_code == 403
    assert taken(desk(colleague), case, name).status_code == 404


def test_a_link_alone_exports_nothing(case, desk, officer):
    assert desk(officer).get(f"/desk/cases/{case.pk}/archive.zip").status_code == 302
    assert not Entry.objects.filter(verb="casework.export_archive").exists()


def test_what_the_file_lacks_is_told_to_the_office_on_a_page(case, desk, officer, secrecy):
    page = desk(officer).get(f"/desk/cases/{case.pk}/evidence/").content.decode()
    assert "收到申请的时间和答复的时点" in page
    assert "没有答复" in page
    assert desk(secrecy).get(f"/desk/cases/{case.pk}/evidence/").status_code == 403


def test_what_the_file_lacks_is_told_in_english_on_an_english_page(case, desk, officer):
    client = desk(officer)
    client.cookies["django_language"] = "en"
    page = client.get(f"/desk/cases/{case.pk}/evidence/").content.decode()
    (panel,) = re.findall(r'<section class="panel">(.*?)</section>', page, re.DOTALL)
    assert "There is no answer" in panel
    assert "When the application was received" in panel
    assert "Disclosure Regulations, article 31" in panel
    assert not re.search("[\u3000-\u9fff]", panel)


def test_each_thing_to_be_proved_stands_with_its_law(case, desk, officer):
    page = desk(officer).get(f"/desk/cases/{case.pk}/evidence/").content.decode()
    assert "《政府信息公开条例》第三十一条、《政府信息公开条例》第三十三条" in page
