"""Invented reports that are true to life: for tests, for benchmarks and for the example county."""

from gongkai.specimen.invention import invent

__all__ = ["invent"]
