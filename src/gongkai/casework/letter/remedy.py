"""What a letter tells of the remedies: one paragraph for each part of the decision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from gongkai.casework.letter.template import FIELD, read
from gongkai.law.citing import article_numeral
from gongkai.law.dated import rule_in_force
from gongkai.law.remedies import Part, Remedy, Step
from gongkai.law.terms import Unit

COMPETENT_COURT = "有管辖权的人民法院"
SUPERVISORS = "上一级行政机关或者政府信息公开工作主管部门"
_UNITS: dict[Unit, str] = {"days": "日", "months": "个月", "working_days": "个工作日"}


@dataclass(frozen=True, slots=True)
class Wording:
    """The sentences that tell one class of remedy from `valid_from` on."""

    code: str
    valid_from: date
    text: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Places:
    """Where to turn: who reconsiders, which court, how to apply online, where to complain."""

    organ: str
    court: str = ""
    online: str = ""
    complaints: str = ""


def remedy_words(
    remedy: Remedy,
    places: Places,
    *,
    decided_on: date,
    you: str,
    paper: str = "告知书",
    refused_by: Iterable[str] = (),
) -> tuple[str, ...]:
    """The paragraphs, none for a letter without remedy.

    `you` is how the letter speaks to its reader, `paper` what it calls itself, `refused_by` the
    articles something is withheld by ("15"). The court stays unnamed and complaints go to whom
    条例第五十一条 names where `places` does not say.
    """
    articles = "、".join(dict.fromkeys(map(article_numeral, refused_by)))
    said = {"you": you, "paper": paper, "refused_by": articles}
    told = [part for part in remedy.parts if part.steps]
    words = [_told(part, places, decided_on, said) for part in told]
    if told and places.online:
        words[-1] += read("remedies")["online"]["text"].format(online=places.online.rstrip("。"))
    return tuple(words)


def _told(part: Part, places: Places, on: date, said: Mapping[str, str]) -> str:
    wordings = (_wording(entry) for entry in read("remedies")["remedies"])
    chosen = rule_in_force(wordings, part.remedy_class, on=on)
    subject = read("remedies")["subjects"][part.scope]
    fields = {
        **said,
        "organ": places.organ,
        "court": places.court or COMPETENT_COURT,
        "complaints": places.complaints or SUPERVISORS,
        **_periods(part.steps),
    }
    text = "".join(chosen.text).replace("{subject}", subject)
    return FIELD.sub(lambda found: fields[found[1]], text)


def _periods(steps: Iterable[Step]) -> dict[str, str]:
    """The length of each step: 60日, 6个月."""
    return {
        "afterwards" if step.after_reconsideration else step.kind: f"{step.length}"
        f"{_UNITS[step.unit]}"
        for step in steps
        if step.length and step.unit
    }


def _wording(entry: dict[str, object]) -> Wording:
    return Wording(**{**entry, "text": tuple(entry["text"])})  # type: ignore[arg-type]
