"""What a hit shows is the original text, marked where it holds what was asked for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gongkai.publishing.search.backend import Marked
from gongkai.publishing.search.folding import fold
from gongkai.publishing.search.passages import LENGTH, marked, passage
from gongkai.publishing.search.words import asked

TEXT = st.text(alphabet="财政预算關於ａB1。\n <&", max_size=600)


def words(shown: Marked) -> list[str]:
    return [shown.text[start:end] for start, end in shown.marks]


def test_the_original_spelling_is_shown():
    shown = marked("關於財政預算的通知", asked("财政预算").marked)
    assert words(shown) == ["財政預算"]


def test_a_passage_is_where_most_of_the_words_stand():
    far = "无关的话。" * 100
    text = f"财政。{far}这里说财政预算和审计。{far}"
    shown = passage(text, asked("财政 预算 审计").marked)
    assert "财政预算和审计" in shown.text
    assert len(shown.text) <= LENGTH


def test_without_a_place_to_show_the_text_begins():
    assert passage("各乡镇人民政府：现通知如下。", ("预算",)).text.startswith("各乡镇")


def test_numbers_and_letters_are_marked_as_whole_words():
    assert words(marked("115号、15号", ("15",))) == ["15"]
    assert words(marked("data database", ("data",))) == ["data"]


def test_markup_in_a_text_stays_text():
    shown = marked("<script>预算</script>", ("预算",))
    assert list(shown.parts()) == [("<script>", False), ("预算", True), ("</script>", False)]


def test_of_a_very_long_text_the_beginning_is_read():
    text = "空话。" * 100_000 + "预算"
    assert passage(text, ("预算",)).marks == ()


@given(TEXT, st.lists(st.sampled_from(["财政", "预算", "关于", "ab", "1"]), max_size=4))
def test_marks_lie_in_order_within_the_text_and_on_what_was_asked_for(text, wanted):
    for shown in (marked(text, wanted), passage(text, wanted)):
        place = 0
        for start, end in shown.marks:
            assert place <= start < end <= len(shown.text)
            assert any(string in fold(shown.text[start:end]) for string in wanted)
            place = end
        assert "".join(part for part, _ in shown.parts()) == shown.text


@given(TEXT)
def test_a_passage_is_a_piece_of_the_text(text):
    def flat(string: str) -> str:
        return string.replace("\n", " ")

    assert flat(passage(text, ("财政",)).text) in flat(text)
