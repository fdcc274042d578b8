"""The interface is complete in English."""

from __future__ import annotations

import gettext
import importlib.util
import re
import sys
from types import ModuleType

import pytest

from tests.docs.documents import ROOT


@pytest.fixture(scope="module")
def messages() -> ModuleType:
    spec = importlib.util.spec_from_file_location("messages", ROOT / "make" / "messages.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["messages"] = module
    spec.loader.exec_module(module)
    return module


def catalogue(messages: ModuleType) -> dict[object, tuple[str, ...]]:
    return messages.parsed(messages.CATALOGUE.read_text("utf-8"))


def test_every_string_of_the_interface_is_translated(messages: ModuleType) -> None:
    known = catalogue(messages)
    missing = [m.single for m in messages.collected() if not all(known.get(m, ("",)))]
    assert not missing, "translate them: make messages"


def test_no_translation_is_left_over(messages: ModuleType) -> None:
    assert set(catalogue(messages)) == messages.collected()


def test_the_compiled_catalogue_says_what_the_source_says(messages: ModuleType) -> None:
    with messages.CATALOGUE.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for message, texts in catalogue(messages).items():
        if message.context:
            said = (compiled.pgettext(message.context, message.single),)
        elif message.plural:
            said = tuple(compiled.ngettext(message.single, message.plural, n) for n in (1, 2))
        else:
            said = (compiled.gettext(message.single),)
        assert said == texts


def test_a_translation_keeps_every_placeholder(messages: ModuleType) -> None:
    for message, texts in catalogue(messages).items():
        for text in texts:
            holes = [
                sorted(re.findall(r"%(?:\(\w+\))?s|\{\w*\}", t)) for t in (message.single, text)
            ]
            assert holes[0] == holes[1], message.single


def test_a_translation_is_english(messages: ModuleType) -> None:
    for texts in catalogue(messages).values():
        assert not re.search(r"[\u4e00-\u9fff]", "".join(texts))


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("python", 'pgettext_lazy("state", "甲")'),
        ("template", '{% translate "甲" context "state" %}'),
    ],
)
def test_a_word_with_a_context_has_a_translation_of_its_own(
    messages: ModuleType, kind: str, text: str
) -> None:
    found = list(getattr(messages, f"_in_{kind}")(text))
    assert found == [messages.Message("甲", context="state")]
    entries = {found[0]: ("Done",), messages.Message("甲"): ("Do",)}
    assert messages.parsed(messages.written(entries)) == entries
