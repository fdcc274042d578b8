"""Invented reports that are true to life: for tests, for benchmarks and for the example county."""

from gongkai.specimen.invention import invent
from gongkai.specimen.layouts import LAYOUTS, Layout

__all__ = ["LAYOUTS", "Layout", "invent"]
