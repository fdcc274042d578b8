"""The generation is believed for a second, and for no longer."""

from __future__ import annotations

import threading
import time
from types import SimpleNamespace

import pytest

from gongkai.project import generation
from gongkai.project.generation import Generation


@pytest.fixture
def world():
    """A database whose answer and a clock whose time the test sets."""
    world = SimpleNamespace(number=5, now=100.0, broken=False, took=0.0, recovered=0)

    def ask():
        world.now += world.took
        if world.broken:
            raise ConnectionError
        return world.number

    def recover():
        world.recovered += 1

    world.generation = Generation(ask, recover=recover, clock=lambda: world.now)
    return world


def test_before_the_first_answer_it_is_not_known(world):
    assert world.generation() is None


def test_the_same_number_is_the_same_generation(world):
    world.generation.look()
    first = world.generation()
    world.generation.look()
    assert world.generation() == first is not None


@pytest.mark.parametrize("number", [6, 4])
def test_another_number_is_a_later_generation_also_after_a_restored_backup(world, number):
    world.generation.look()
    first = world.generation()
    world.number = number
    world.generation.look()
    assert world.generation() > first


def test_an_answer_counts_for_one_second_from_the_question(world):
    world.took = 0.4
    world.generation.look()
    world.now += 0.6
    assert world.generation() is not None
    world.now += 0.01
    assert world.generation() is None


def test_a_database_that_is_gone_is_noticed_within_a_second_and_so_is_its_return(world):
    world.generation.look()
    world.broken = True
    world.now += 1.01
    world.generation.look()
    assert world.generation() is None
    assert world.recovered == 1
    world.broken = False
    world.generation.look()
    assert world.generation() is not None


def test_its_absence_and_return_are_logged_once_each(world, caplog):
    world.broken = True
    for _ in range(3):
        world.generation.look()
    world.broken = False
    for _ in range(3):
        world.generation.look()
    assert len(caplog.records) == 2


def test_the_thread_looks_several_times_a_second(monkeypatch):
    monkeypatch.setattr(generation, "INTERVAL", 0.01)
    looked, ended = [], threading.Event()
    watched = Generation(lambda: looked.append(1) or 1)
    thread = watched.watch(ended=ended)
    while len(looked) < 5:
        time.sleep(0.005)
    ended.set()
    thread.join(5)
    assert not thread.is_alive()
    assert watched() == 1
