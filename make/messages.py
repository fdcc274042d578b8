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
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "gongkai"
CATALOGUE = SOURCE / "locale" / "en" / "LC_MESSAGES" / "django.po"
CALLS = {
    "_": 1,
    "gettext": 1,
    "gettext_lazy": 1,
    "gettext_noop": 1,
    "ngettext": 2,
    "ngettext_lazy": 2,
}
STRING = r"""u?('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
IN_TEMPLATE = re.compile(rf"\b(n?gettext|_)\({STRING}(?:, {STRING})?")
HEADER = (
    "Content-Type: text/plain; charset=UTF-8\n"
    "Language: en\n"
    "Plural-Forms: nplurals=2; plural=(n != 1);\n"
)


@dataclass(frozen=True, slots=True)
class Message:
    """A string and, where it depends on a number, its plural."""

    single: str
    plural: str = ""


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
            for argument in node.args[: CALLS.get(name, 0)]
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
        ]
        if strings:
            yield Message(*strings)


def _in_template(text: str) -> Iterator[Message]:
    for found in IN_TEMPLATE.finditer(templatize(text)):
        strings = [ast.literal_eval(part) for part in found.groups()[1:] if part]
        yield Message(*strings)


def parsed(text: str) -> Translations:
    """The translations of a catalogue as `written` writes it."""
    entries: Translations = {}
    for block in text.split("\n\n"):
        fields = dict(re.findall(r'^(msg\S+) ((?:"(?:[^"\\]|\\.)*"\n?)+)', block, re.MULTILINE))
        values = {key: _unquoted(value) for key, value in fields.items()}
        if values.get("msgid"):
            message = Message(values["msgid"], values.get("msgid_plural", ""))
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
    for message, texts in sorted(entries.items(), key=lambda entry: entry[0].single):
        lines = [f"msgid {_quoted(message.single)}"]
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
            key = message.single + ("\0" + message.plural if message.plural else "")
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
    by_text = {message.single: texts for message, texts in known.items()}
    entries: Translations = {}
    for message in collected():
        forms = 2 if message.plural else 1
        texts = known.get(message) or by_text.get(message.single) or ("",) * forms
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
