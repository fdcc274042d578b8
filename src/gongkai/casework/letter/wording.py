"""What a letter says: its wording of the day, filled with what is given, or what is missing.

    compose("extension_notice", date(2026, 3, 2), fields).blocks
    missing("extension_notice", date(2026, 3, 2), {})      # ["applicant", "you", ...]

Articles are cited by the law's own data and cannot be given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gongkai.casework.letter.paper.sheet import Block, Heading, Listing, Paragraph, chinese
from gongkai.casework.letter.template import (
    COMPUTED,
    FIELD,
    Passage,
    Sentence,
    Template,
    read,
    template,
)
from gongkai.law.citing import cited
from gongkai.law.grounds import Ground, ground
from gongkai.law.letters import element, letter
from gongkai.law.outcomes import Outcome, cited_with, outcomes

Value = str | int | date | Decimal | tuple[str, ...]
"""A text, a number, a day, an amount in 元, or a list."""
Fields = Mapping[str, Value | None]

NATIONAL = ("政府信息公开条例", "档案法")
"""Laws that a letter names in full, with the country before them."""
NAMED = {
    "国办函〔2020〕109号": "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）",
    "党务公开条例（试行）": "《中国共产党党务公开条例（试行）》",
}
_ARTICLE = re.compile(r"(?P<law>.*?)(?P<article>第[零一二三四五六七八九十]+条.*)")
_END = "。；;，,.、 "
_STOPS = "。；，、”）："


class MissingFieldError(ValueError):
    """The letter lacks what it must contain; `fields` names it."""

    def __init__(self, kind: str, fields: Iterable[str]) -> None:
        self.kind, self.fields = kind, tuple(fields)
        super().__init__(f"{kind} lacks {', '.join(self.fields)}")


@dataclass(frozen=True, slots=True)
class Words:
    """A letter's words. `template` says by which wording it was made, `attachments` what is
    enclosed, `remedy` the paragraphs of `blocks` that tell the remedies."""

    kind: str
    template: str
    title: str
    addressee: str
    blocks: tuple[Block, ...]
    remedy: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()


def missing(kind: str, dated: date, fields: Fields) -> list[str]:
    """The names of what the letter must contain and is not given, in the order of its words.

    Raises KeyError for an unknown kind and NotInForceError before its first wording.
    """
    chosen = template(kind, on=dated)
    printed = (one for one in chosen.sentences if _is_printed(one, fields))
    needed = [name for one in printed for name in one.fields if name not in COMPUTED]
    lacking = [name for name in needed if not _given(fields, name)]
    for alternative, names in (chosen.either or {}).items():
        if not any(_given(fields, name) for name in names):
            lacking.append(alternative)
    if _rests_on_ground(kind, dated) and not _given(fields, "grounds"):
        lacking.append("grounds")
    lacking += [name for name in _of_grounds(kind, dated, fields) if not _given(fields, name)]
    return list(dict.fromkeys(lacking))


def states(kind: str, dated: date, field: str) -> bool:
    """Whether the wording of that day may print the field. Raises as `missing` does."""
    return any(field in sentence.fields for sentence in template(kind, on=dated).sentences)


def compose(kind: str, dated: date, fields: Fields, remedy: tuple[str, ...] = ()) -> Words:
    """The words of a letter of that day; `remedy` are the paragraphs on remedies.

    `fields["grounds"]` are the codes of the grounds on which something is withheld. Raises
    MissingFieldError, and what `missing` raises.
    """
    lacking = missing(kind, dated, fields)
    if lacking:
        raise MissingFieldError(kind, lacking)
    chosen = template(kind, on=dated)
    filled = {
        **fields,
        "basis": basis(kind, dated, fields),
        "provisions": provisions(dated, fields),
    }
    blocks = [block for passage in chosen.body for block in _blocks(passage, filled)]
    return Words(
        kind=kind,
        template=chosen.version,
        title=_filled(chosen.title, filled),
        addressee=_filled(chosen.addressee, filled),
        blocks=(*blocks, *(Paragraph(text) for text in remedy)),
        remedy=remedy,
        attachments=_attachments(chosen, fields),
    )


def basis(kind: str, dated: date, fields: Fields) -> str:
    """The articles the letter cites, each law named once."""
    answer = _outcome(kind, dated)
    if answer is None:
        return cited_together(letter(kind, on=dated).articles)
    consulted = _given(fields, "third_party_course")
    grounds = _grounds(fields) if answer.by_ground or answer.with_ground else ()
    articles = cited_with(answer.code, grounds, on=dated, consulted=consulted)
    return cited_together(articles or template(kind, on=dated).cites)


def cited_together(shorts: Iterable[str]) -> str:
    """Short references in words; articles of one law follow each other after its name."""
    words, last = list[str](), ""
    for short in shorts:
        full = NAMED.get(short) or _in_full(cited(short))
        found = _ARTICLE.fullmatch(full)
        if found and found["law"] == last:
            words.append(found["article"])
        else:
            words.append(full)
        last = found["law"] if found else ""
    return "、".join(words)


def _in_full(words: str) -> str:
    for law in NATIONAL:
        words = words.replace(f"《{law}》", f"《中华人民共和国{law}》")
    return words


def provisions(dated: date, fields: Fields) -> str:
    """What the provisions say on which something is withheld, in words.

    Of the classes that a provision names, those on which the reasons rest; all where the reasons
    name none.
    """
    reasons = written(fields.get("reasons") or "")
    return "；".join(_provision(ground(code, on=dated), reasons) for code in _grounds(fields))


def _provision(given: Ground, reasons: str) -> str:
    told, classes = read("grounds"), given.classes_in(reasons)
    if classes:
        words: str = told["of_classes"][given.code].format(classes=written(classes))
        return words
    return str(told["grounds"][given.code])


def _grounds(fields: Fields) -> tuple[str, ...]:
    codes = fields.get("grounds") or ()
    return codes if isinstance(codes, tuple) else (str(codes),)


def _of_grounds(kind: str, dated: date, fields: Fields) -> list[str]:
    """What the letter has to say because of the grounds it rests on."""
    answer = _outcome(kind, dated)
    if answer is None or not (answer.by_ground or answer.with_ground):
        return []
    return [name for code in _grounds(fields) for name in ground(code, on=dated).must]


def _rests_on_ground(kind: str, dated: date) -> bool:
    answer = _outcome(kind, dated)
    return answer is not None and answer.by_ground


def _outcome(kind: str, dated: date) -> Outcome | None:
    return next((known for known in outcomes(on=dated) if known.letter == kind), None)


def _given(fields: Fields, name: str) -> bool:
    value = fields.get(name)
    if isinstance(value, str):
        return bool(value.strip())
    if isinstance(value, tuple):
        return any(one.strip() for one in value)
    return value is not None and value is not False


def _blocks(passage: Passage, fields: Fields) -> list[Block]:
    printed = [one for one in passage.sentences if _is_printed(one, fields)]
    if not printed:
        return []
    if passage.style == "list":
        return [Listing(_listed(fields[printed[0].fields[0]]))]
    text = "".join(_filled(one.text, fields) for one in printed)
    if passage.style == "heading":
        return [Heading(text)]
    return [Paragraph(line.strip()) for line in text.splitlines() if line.strip()]


def _is_printed(sentence: Sentence, fields: Fields) -> bool:
    if sentence.unless and _given(fields, sentence.unless):
        return False
    return not sentence.when or _given(fields, sentence.when)


def _filled(text: str, fields: Fields) -> str:
    """The text with its fields; a value brings no stop of its own where one follows."""

    def value(found: re.Match[str]) -> str:
        words, after = written(fields[found[1]]), text[found.end() : found.end() + 1]
        return words.rstrip(_END) if after and after in _STOPS else words

    return FIELD.sub(value, text)


def written(value: Value | None) -> str:
    """A value as it stands in a letter: 2026年3月2日, 1200元 as 1200, a list with 、 between."""
    match value:
        case date():
            return chinese(value)
        case Decimal():
            return f"{value.normalize():f}"
        case tuple():
            return "、".join(one.strip().rstrip(_END) for one in value if one.strip())
    return str(value).strip()


def named(field: str) -> str:
    """What a field is called, for who has to fill it in."""
    names: dict[str, str] = read("names")["names"]
    if field in names:
        return names[field]
    try:
        return element(field).name
    except KeyError:
        return field


def _listed(value: Value | None) -> tuple[str, ...]:
    listed = value if isinstance(value, tuple) else tuple(str(value).splitlines())
    return tuple(words for one in listed if (words := one.strip().rstrip(_END)))


def _attachments(chosen: Template, fields: Fields) -> tuple[str, ...]:
    return _listed(fields[chosen.attached]) if _given(fields, chosen.attached) else ()
