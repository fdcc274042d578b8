"""Keep the English catalogue in step with the sources: `make messages`.

Collects every string that pages and models hand to gettext, keeps the translations there are,
adds the new strings with an empty translation, drops those no longer used, and writes the
compiled catalogue. GNU gettext is not needed.
"""

from __future__ import annotations

import ast
import re
import struct
import sys
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from pathlib import Path

from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "gongkai"
CATALOGUE = SOURCE / "locale" / "en" / "LC_MESSAGES" / "django.po"
CALLS = {
    "_": ("single",),
    "gettext": ("single",),
    "gettext_lazy": ("single",),
    "gettext_noop": ("single",),
    "ngettext": ("single", "plural"),
    "ngettext_lazy": ("single", "plural"),
    "pgettext": ("context", "single"),
    "pgettext_lazy": ("context", "single"),
    "npgettext": ("context", "single", "plural"),
    "npgettext_lazy": ("context", "single", "plural"),
}
"""What the strings of a call are, one after another."""
STRING = r"""u?('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
IN_TEMPLATE = re.compile(rf"\b(n?p?gettext|_)\({STRING}(?:, {STRING})?(?:, {STRING})?")
HEADER = (
    "Content-Type: text/plain; charset=UTF-8\n"
    "Language: en\n"
    "Plural-Forms: nplurals=2; plural=(n != 1);\n"
)


@dataclass(frozen=True, slots=True)
class Message:
    """A string; where it depends on a number, its plural; where it needs one, its context."""

    single: str
    plural: str = ""
    context: str = ""


Translations = dict[Message, tuple[str, ...]]


def collected() -> set[Message]:
    """Every string in the sources."""
    found: set[Message] = set()
    for path in sorted(SOURCE.rglob("*.py")):
        if "migrations" not in path.parts:
            found.update(_in_python(path.read_text("utf-8")))
    for path in sorted(SOURCE.rglob("templates/**/*")):
        if path.is_file():
            found.update(_in_template(path.read_text("utf-8")))
    return found


def _in_python(text: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        strings = [
            argument.value
            for argument in node.args
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
        ]
        if name in CALLS and strings:
            yield _message(name, strings)


def _in_template(text: str) -> Iterator[Message]:
    for found in IN_TEMPLATE.finditer(templatize(text)):
        strings = [ast.literal_eval(part) for part in found.groups()[1:] if part]
        yield _message(found[1], strings)


def _message(call: str, strings: list[str]) -> Message:
    return Message(**dict(zip(CALLS[call], strings, strict=False)))


def parsed(text: str) -> Translations:
    """The translations of a catalogue as `written` writes it."""
    entries: Translations = {}
    for block in text.split("\n\n"):
        fields = dict(re.findall(r'^(msg\S+) ((?:"(?:[^"\\]|\\.)*"\n?)+)', block, re.MULTILINE))
        values = {key: _unquoted(value) for key, value in fields.items()}
        if values.get("msgid"):
            more = values.get("msgid_plural", ""), values.get("msgctxt", "")
            message = Message(values["msgid"], *more)
            entries[message] = tuple(v for k, v in values.items() if k.startswith("msgstr"))
    return entries


def _unquoted(value: str) -> str:
    return "".join(ast.literal_eval(line) for line in value.splitlines() if line)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def written(entries: Translations) -> str:
    """The catalogue as text, ordered by string so that two people's changes rarely meet."""
    header = "".join(_quoted(line + "\n") + "\n" for line in HEADER.splitlines())
    blocks = ['msgid ""\nmsgstr ""\n' + header]
    for message, texts in sorted(entries.items(), key=lambda entry: astuple(entry[0])):
        lines = [f"msgctxt {_quoted(message.context)}"] if message.context else []
        lines.append(f"msgid {_quoted(message.single)}")
        if message.plural:
            lines.append(f"msgid_plural {_quoted(message.plural)}")
            lines += [f"msgstr[{n}] {_quoted(text)}" for n, text in enumerate(texts)]
        else:
            lines.append(f"msgstr {_quoted(texts[0])}")
        blocks.append("\n".join(lines) + "\n")
    return "\n".join(blocks)


def compiled(entries: Translations) -> bytes:
    """The catalogue in the binary form that `gettext` reads; untranslated strings are left out."""
    pairs = {b"": HEADER.encode()}
    for message, texts in entries.items():
        if all(texts):
            key = message.context + "\4" if message.context else ""
            key += message.single + ("\0" + message.plural if message.plural else "")
            pairs[key.encode()] = "\0".join(texts).encode()
    keys = sorted(pairs)
    ids = b"".join(key + b"\0" for key in keys)
    texts = b"".join(pairs[key] + b"\0" for key in keys)
    start = 28 + 16 * len(keys)
    tables = [b"", b""]
    for which, (base, values) in enumerate(
        ((start, keys), (start + len(ids), [pairs[key] for key in keys]))
    ):
        offset = base
        for value in values:
            tables[which] += struct.pack("<II", len(value), offset)
            offset += len(value) + 1
    head = struct.pack("<7I", 0x950412DE, 0, len(keys), 28, 28 + 8 * len(keys), 0, start)
    return head + tables[0] + tables[1] + ids + texts


def main() -> int:
    known = parsed(CATALOGUE.read_text("utf-8")) if CATALOGUE.exists() else {}
    by_text = {message.single: texts for message, texts in known.items() if not message.context}
    entries: Translations = {}
    for message in collected():
        forms = 2 if message.plural else 1
        alike = () if message.context else by_text.get(message.single, ())
        texts = known.get(message) or alike or ("",) * forms
        entries[message] = (texts * forms)[:forms]
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    CATALOGUE.write_text(written(entries), "utf-8")
    CATALOGUE.with_suffix(".mo").write_bytes(compiled(entries))
    missing = [message.single for message, texts in entries.items() if not all(texts)]
    for text in missing:
        print(text)
    print(f"{len(entries)} strings, {len(missing)} not translated")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
