"""Invented reports that are true to life: for tests, for benchmarks and for the example county."""

from gongkai.specimen.county import Specimen, Unit, county, units
from gongkai.specimen.defects import DEFECTS, CannotPlantError, Planted, plant
from gongkai.specimen.invention import invent
from gongkai.specimen.layouts import LAYOUTS, Layout

__all__ = [
    "DEFECTS",
    "LAYOUTS",
    "CannotPlantError",
    "Layout",
    "Planted",
    "Specimen",
    "Unit",
    "county",
    "invent",
    "plant",
    "units",
]
