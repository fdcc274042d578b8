"""What the verbs, steps and details of a document are called on the pages of the desk."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext, gettext_lazy

from gongkai.annual_report.speech import speech
from gongkai.law.catalogue import item
from gongkai.law.citing import cited
from gongkai.law.kinds import kind
from gongkai.law.review import step
from gongkai.org.models import Role
from gongkai.publishing.catalogue.models import CatalogueItem
from gongkai.publishing.document.models import Disclosure, Ground, Version
from gongkai.screening.files.words import WORDS as TRACES
from gongkai.screening.text.finding import REGISTRY

VERBS = {
    "publishing.create": gettext_lazy("起草文件"),
    "publishing.save": gettext_lazy("保存文件"),
    "publishing.save_beside": gettext_lazy("另存同时修改的一稿"),
    "publishing.attach": gettext_lazy("添加附件"),
    "publishing.detach": gettext_lazy("移除附件"),
    "publishing.reorder": gettext_lazy("调整附件次序"),
    "publishing.submit": gettext_lazy("送审"),
    "publishing.recall": gettext_lazy("撤回送审"),
    "publishing.approve": gettext_lazy("审核通过"),
    "publishing.send_back": gettext_lazy("退回修改"),
    "publishing.remark": gettext_lazy("提出修改意见"),
    "publishing.answer": gettext_lazy("答复修改意见"),
    "publishing.judge": gettext_lazy("处理一个疑点"),
    "publishing.retract": gettext_lazy("撤回对疑点的处理"),
    "publishing.void": gettext_lazy("审核因改动失效"),
    "publishing.publish": gettext_lazy("公布文件"),
    "publishing.schedule": gettext_lazy("定时发布"),
    "publishing.unschedule": gettext_lazy("取消定时发布"),
    "publishing.file_away": gettext_lazy("归档"),
    "publishing.exempt": gettext_lazy("记录不作解读的理由"),
    "publishing.amend": gettext_lazy("开始修订"),
    "publishing.discard": gettext_lazy("作废草稿"),
    "publishing.withdraw": gettext_lazy("撤下文件"),
    "publishing.relate": gettext_lazy("关联文件"),
    "publishing.unrelate": gettext_lazy("取消关联"),
    "publishing.set_review_steps": gettext_lazy("设定审核环节"),
    "publishing.set_number_pattern": gettext_lazy("设定索引号规则"),
    "publishing.clean": gettext_lazy("清除隐藏内容"),
    "publishing.migrate": gettext_lazy("迁移历史文件"),
    "publishing.register": gettext_lazy("登记规范性文件"),
    "publishing.unregister": gettext_lazy("撤销登记"),
    "publishing.set_usual_validity": gettext_lazy("设定通常的有效期"),
    "publishing.unset_usual_validity": gettext_lazy("取消通常的有效期"),
    "publishing.start_campaign": gettext_lazy("开始清理"),
    "publishing.decide_clean_up": gettext_lazy("作出清理决定"),
    "publishing.close_campaign": gettext_lazy("结束清理"),
    "publishing.reopen_campaign": gettext_lazy("重新打开清理"),
    "publishing.report_tally": gettext_lazy("填报数据"),
    "publishing.correct_tally": gettext_lazy("更正填报的数据"),
    "publishing.add_item": gettext_lazy("新增目录事项"),
    "publishing.change_item": gettext_lazy("修改目录事项"),
    "publishing.end_item": gettext_lazy("停用目录事项"),
    "publishing.excuse_duty": gettext_lazy("说明公开任务为何不办"),
}
BASIS = {
    "publishing.submit": gettext_lazy("《政府信息公开条例》第十七条"),
    "publishing.approve": gettext_lazy("《政府信息公开条例》第十七条"),
    "publishing.send_back": gettext_lazy("《政府信息公开条例》第十七条"),
    "publishing.publish": gettext_lazy("《政府信息公开条例》第十九条、第二十六条"),
    "publishing.amend": gettext_lazy("《政府信息公开条例》第六条"),
    "publishing.withdraw": gettext_lazy("《政府信息公开条例》第十四条至第十六条"),
    "publishing.file_away": gettext_lazy("《政府信息公开条例》第十八条"),
}


def kind_label(code: str) -> str:
    """What the kind is called; the code itself where there is none."""
    try:
        return kind(code).words(speech())
    except KeyError:
        return code


def step_label(code: str) -> str:
    """What the step of review is called."""
    try:
        return step(code).words(speech())
    except KeyError:
        return code


def step_articles(code: str) -> str:
    """By which articles the step is taken."""
    try:
        articles = step(code).articles
    except KeyError:
        return ""
    return gettext("、").join(cited(article, speech()) for article in articles)


def rule_label(code: str) -> str:
    """What a rule of the screening looks for; the code itself where there is none."""
    place = 1 if speech() == "en" else 0
    if code in TRACES:
        return TRACES[code][place]
    rule = REGISTRY.rules.get(code)
    return code if rule is None else (rule.zh, rule.en)[place]


def role_label(code: str) -> str:
    """What the role is called."""
    return str(dict(Role.choices).get(code, code))


def item_label(code: str) -> str:
    """An item of articles 20 and 21 with its number; "" for none."""
    if not code:
        return ""
    try:
        found = item(code, on=date(2019, 5, 15))
    except KeyError:
        return code
    return f"{code} {found.label_en if speech() == 'en' else found.label}"


def value(name: str, said: Any) -> str:
    """A detail of the metadata as a person reads it; a word where it is blank."""
    if said in (None, ""):
        return gettext("空白")
    if name == "kind":
        return kind_label(str(said))
    if name == "item":
        return item_label(str(said))
    if name == "catalogue_item":
        return str(CatalogueItem.objects.filter(pk=said).first() or said)
    if isinstance(said, date):
        return said.isoformat()
    return str(CHOICES.get(name, {}).get(said, said))


CHOICES: dict[str, dict[Any, Any]] = {
    "disclosure": dict(Disclosure.choices),
    "ground": dict(Ground.choices),
}


def detail(version: Version, name: str) -> str:
    """A detail of a version as a person reads it."""
    said = version.catalogue_item_id if name == "catalogue_item" else getattr(version, name)
    return value(name, said)
