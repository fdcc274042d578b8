"""Whatever happens to a writer or to the files, readers have the old index or the new one."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from gongkai.publishing.search.backend import Busy, Query, Unavailable
from gongkai.publishing.search.entry import Change
from gongkai.publishing.search.index import EmbeddedIndex
from gongkai.publishing.search.index.place import CURRENT, FORM
from gongkai.publishing.search.index.reading import told_broken
from tests.publishing.search.killing import EACH, expected, invented, killed_at_random, step

EVERYTHING = Query("水库")


def folder_of(index: EmbeddedIndex) -> Path:
    folder = index.place.current()
    assert folder is not None
    return folder


def test_a_writer_that_is_killed_leaves_the_index_of_a_commit(tmp_path):
    assert killed_at_random(20, tmp_path) == 20


def test_a_commit_in_another_process_is_found_within_200_ms(index):
    index.close()
    script = (
        "import sys, time; from pathlib import Path\n"
        "from gongkai.publishing.search.entry import Change\n"
        "from gongkai.publishing.search.index import EmbeddedIndex\n"
        "from tests.publishing.search.killing import invented\n"
        "index = EmbeddedIndex(Path(sys.argv[1]))\n"
        "index.apply([Change(1, invented(1))], 1)\n"
        "print(time.monotonic(), flush=True)\n"
    )
    assert index.search(EVERYTHING).total == 0
    with subprocess.Popen(
        [sys.executable, "-c", script, str(index.place.root)], stdout=subprocess.PIPE, text=True
    ) as writer:
        while index.search(EVERYTHING).total == 0:
            assert writer.poll() in {None, 0}
            time.sleep(0.001)
        found = time.monotonic()
        assert writer.stdout is not None
        assert found - float(writer.stdout.readline()) < 0.2


def test_two_processes_do_not_write_at_once(index):
    index.apply([Change(1, invented(1))], 1)
    other = EmbeddedIndex(index.place.root)
    with pytest.raises(Busy):
        other.apply([Change(2, invented(2))], 2)
    assert index.position() == 1
    index.close()
    other.apply([Change(2, invented(2))], 2)
    other.close()
    assert (index.position(), index.search(EVERYTHING).total) == (2, 2)


def test_two_processes_do_not_make_an_index_at_once(index):
    with index.place.building(), pytest.raises(Busy):
        EmbeddedIndex(index.place.root).rebuild((), 0, lambda _: None)
    index.rebuild((), 0, lambda _: None)


def test_changes_that_fail_are_not_taken_in_part(index):
    index.apply([Change(1, invented(1))], 1)

    def broken_off():
        yield Change(2, invented(2))
        raise ConnectionError("the database went away")

    with pytest.raises(ConnectionError):
        index.apply(broken_off(), 2)
    assert (index.position(), index.search(EVERYTHING).total) == (1, 1)
    index.apply([Change(3, invented(3))], 2)
    assert set(index.fingerprints(1, 10)) == {1, 3}


def test_a_rebuild_that_fails_leaves_the_index_in_use(index):
    index.apply([Change(1, invented(1))], 1)

    def broken_off():
        yield invented(2)
        raise ConnectionError("the database went away")

    with pytest.raises(ConnectionError):
        index.rebuild(broken_off(), 2, lambda _: None)
    assert (index.position(), set(index.fingerprints(1, 10))) == (1, {1})
    assert not list(index.place.root.glob("building-*"))


def test_the_site_goes_on_searching_while_an_index_is_made(index):
    index.apply(step(1), 1)
    index.close()
    wrong: list[object] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            try:
                if (total := index.search(EVERYTHING).total) not in {EACH, 2 * EACH}:
                    wrong.append(total)
            except Exception as error:
                wrong.append(error)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for _ in range(15):
        entries = [invented(number) for number in range(1, 2 * EACH + 1)]
        index.rebuild(entries, 2, lambda _: None)
    done.set()
    for reader in readers:
        reader.join()
    assert wrong == []
    assert index.search(EVERYTHING).total == 2 * EACH


def test_what_changes_while_an_index_is_made_is_in_it_from_the_first_moment(index):
    index.apply([Change(1, invented(1))], 1)
    steps = iter([([Change(1, None)], 2), ([Change(2, invented(2))], 3), None])
    asked_after: list[int] = []

    def later(position):
        asked_after.append(position)
        return next(steps)

    index.rebuild([invented(1)], 1, later)
    assert asked_after == [1, 2, 3]
    assert (index.position(), set(index.fingerprints(1, 10))) == (3, {2})


def test_a_builder_that_was_killed_leaves_nothing_behind(index):
    left = index.place.root / "building-dead"
    left.mkdir()
    (left / "meta.json").write_text("{}")
    index.rebuild((), 0, lambda _: None)
    names = {path.name for path in index.place.root.iterdir()}
    assert names == {CURRENT, "rebuild.lock", folder_of(index).name}


def test_an_open_writer_goes_over_to_the_new_index(index):
    index.apply(step(1), 1)
    index.rebuild([invented(1)], 1, lambda _: None)
    index.apply([Change(2, invented(2))], 2)
    assert set(index.fingerprints(1, 100)) == {1, 2}
    assert index.position() == 2


def cut_short(folder: Path) -> None:
    for file in folder.glob("*.*"):
        if file.suffix in {".idx", ".store", ".term", ".fast"}:
            file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def overwritten(folder: Path) -> None:
    for file in folder.glob("*.*"):
        if file.suffix in {".idx", ".store", ".term", ".fast", ".pos"}:
            file.write_bytes(b"\xff" * file.stat().st_size)


def without_a_segment(folder: Path) -> None:
    for file in folder.glob("*.store"):
        file.unlink()


def without_its_list(folder: Path) -> None:
    (folder / "meta.json").write_text("{")


def of_an_older_form(folder: Path) -> None:
    form = json.loads((folder / FORM).read_text())
    (folder / FORM).write_text(json.dumps(form | {"storage": "0"}))


def of_somebody_elses(folder: Path) -> None:
    for file in folder.iterdir():
        file.unlink()
    (folder / "notes.txt").write_text("not an index")


def gone(folder: Path) -> None:
    for file in folder.iterdir():
        file.unlink()
    folder.rmdir()


@pytest.mark.parametrize(
    "damaged",
    [
        cut_short,
        overwritten,
        without_a_segment,
        without_its_list,
        of_an_older_form,
        of_somebody_elses,
        gone,
    ],
)
def test_a_damaged_index_says_so_and_is_made_anew(index, damaged):
    index.apply(step(1), 1)
    index.close()
    damaged(folder_of(index))
    fresh = EmbeddedIndex(index.place.root)
    with pytest.raises(Unavailable):
        fresh.search(EVERYTHING)
    with pytest.raises(Unavailable):
        fresh.apply(step(2), 2)
    assert fresh.position() is None
    fresh.rebuild([invented(1)], 3, lambda _: None)
    assert (fresh.position(), fresh.search(EVERYTHING).total) == (3, 1)
    assert index.search(EVERYTHING).total == 1


def test_without_any_index_it_is_unavailable(tmp_path):
    index = EmbeddedIndex(tmp_path / "nowhere")
    assert index.position() is None
    with pytest.raises(Unavailable):
        index.suggest("预")
    assert not (tmp_path / "nowhere").exists()


def test_a_fault_of_ours_does_not_have_the_index_made_anew(index, monkeypatch):
    def wrong(*_):
        raise ValueError("a fault")

    index.apply([Change(1, invented(1))], 1)
    monkeypatch.setattr("gongkai.publishing.search.index.searching.passage", wrong)
    with pytest.raises(ValueError, match="a fault"):
        index.search(EVERYTHING)
    assert not index.place.doubted(folder_of(index))


@pytest.mark.parametrize(
    "error", [OSError(24, "Too many open files"), ValueError("Too many files (os error 24)")]
)
def test_want_of_files_or_memory_does_not_have_the_index_made_anew(index, error):
    with pytest.raises(Unavailable), told_broken(index.place, folder_of(index), opening=True):
        raise error
    assert not index.place.doubted(folder_of(index))


def test_only_this_installation_reads_the_folder(index):
    assert folder_of(index).stat().st_mode & 0o077 == 0


def test_expected_documents_are_those_of_the_steps():
    assert expected(1) == set(range(EACH, 2 * EACH))
    assert expected(2) == set(range(EACH + 1, 3 * EACH))
