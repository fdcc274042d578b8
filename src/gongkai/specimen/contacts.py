"""Where the example's offices can be reached: addresses, numbers and domains that lead nowhere."""

from __future__ import annotations

from random import Random

from gongkai.specimen.county import Unit
from gongkai.specimen.places import COUNTY, STREETS

HOURS = "工作日上午9:00至12:00，下午13:30至17:30"


def contacts(unit: Unit, seed: int = 1) -> dict[str, str]:
    """What the guide of the agency must name (条例第十二条). Deterministic by seed."""
    random = Random(f"contacts {seed} {unit.code}")  # noqa: S311 - invented data
    place = f"{random.choice(STREETS)}{random.randint(1, 200)}号"
    town = unit.name.removeprefix(COUNTY).removesuffix("人民政府")
    street = f"{town}{place}" if unit.level == "township" else place
    line = random.randint(1000000, 9999998)
    return {
        "address": f"{COUNTY}{street}（示例）",
        "office_hours": HOURS,
        "telephone": f"0000-{line}",
        "fax": f"0000-{line + 1}",
        "email": f"gongkai.{unit.code}@example.invalid",
    }
