"""What the trail says of agencies and people, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext, gettext_lazy

from gongkai.org.models import Level, Role

VERBS = {
    "org.add_agency": gettext_lazy("新增机关"),
    "org.change_agency": gettext_lazy("修改机关"),
    "org.move_agency": gettext_lazy("移动机关"),
    "org.close_agency": gettext_lazy("撤销机关"),
    "org.reopen_agency": gettext_lazy("恢复机关"),
    "org.add_unit": gettext_lazy("新增内设机构"),
    "org.change_unit": gettext_lazy("修改内设机构"),
    "org.close_unit": gettext_lazy("撤销内设机构"),
    "org.reopen_unit": gettext_lazy("恢复内设机构"),
    "org.add_person": gettext_lazy("新增账号"),
    "org.rename_person": gettext_lazy("改姓名"),
    "org.invite": gettext_lazy("给设密码的链接"),
    "org.set_password": gettext_lazy("设密码"),
    "org.deactivate": gettext_lazy("停用账号"),
    "org.activate": gettext_lazy("启用账号"),
    "org.appoint": gettext_lazy("任命"),
    "org.dismiss": gettext_lazy("免去"),
    "api.give_token": gettext_lazy("发放接口令牌"),
    "api.revoke_token": gettext_lazy("停用接口令牌"),
}
FIELDS = {
    "agency_code": gettext_lazy("代码"),
    "unit": gettext_lazy("内设机构"),
    "unit_code": gettext_lazy("代码"),
    "name": gettext_lazy("名称"),
    "short_name": gettext_lazy("简称"),
    "name_en": gettext_lazy("英文名称"),
    "level": gettext_lazy("层级"),
    "region": gettext_lazy("行政区划代码"),
    "superior": gettext_lazy("上级机关"),
    "vertical": gettext_lazy("垂直领导"),
    "position": gettext_lazy("次序"),
    "credit_code": gettext_lazy("统一社会信用代码"),
    "reconsideration_organ": gettext_lazy("行政复议机关"),
    "court": gettext_lazy("管辖法院"),
    "address": gettext_lazy("办公地址"),
    "office_hours": gettext_lazy("办公时间"),
    "telephone": gettext_lazy("联系电话"),
    "fax": gettext_lazy("传真号码"),
    "email": gettext_lazy("电子邮箱"),
    "role": gettext_lazy("角色"),
}


def facts(details: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What a line about an agency or person holds: the names of fields and their values."""
    for field, words in FIELDS.items():
        value = details.get(field)
        if isinstance(value, dict):
            told = {key: _word(field, value.get(key)) for key in ("before", "after")}
            yield str(words), gettext("%(before)s 改为 %(after)s") % told
        elif value not in {None, ""}:
            yield str(words), _word(field, value)


def _word(field: str, value: Any) -> str:
    if field == "role":
        return str(dict(Role.choices).get(value, value))
    if field == "level":
        return str(dict(Level.choices).get(value, value))
    if isinstance(value, bool):
        return gettext("是") if value else gettext("否")
    return gettext("空白") if value in {None, ""} else str(value)
