"""`python -m bench`: everything; `python -m bench WHAT` one part; `--quick` in small.

`python -m bench choices` holds every choice of a library against its best rival.
"""

from __future__ import annotations

import argparse
import json
import platform
from dataclasses import asdict
from importlib import import_module
from pathlib import Path

OUT = Path(__file__).parent / "out"
PARTS = {
    "reading": "bench.reading",
    "corpus": "bench.folder",
    "searching": "bench.searching",
    "serving": "bench.serving",
    "importing": "bench.importing",
    "compiling": "bench.compiling",
    "intake": "bench.intake",
    "killing": "bench.killing",
    "case_killing": "bench.case_killing",
    "cold": "bench.cold",
    "due": "bench.due",
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("what", nargs="?", choices=["all", *PARTS, "choices"], default="all")
    parser.add_argument("--quick", action="store_true", help="in small; not for quoting")
    given = parser.parse_args()
    if given.what == "choices":
        import_module("bench.choices").main()
        return
    OUT.mkdir(exist_ok=True)
    for name in PARTS if given.what == "all" else (given.what,):
        part = import_module(PARTS[name])
        measured = part.measure(quick=given.quick)
        _keep(name, asdict(measured), part.table(measured))


def _keep(name: str, values: dict[str, object], table: str) -> None:
    """Write the figures as they were measured, and show them."""
    machine = {"python": platform.python_version(), "machine": platform.machine()}
    content = json.dumps({**machine, **values}, ensure_ascii=False, indent=1, default=str)
    (OUT / f"{name}.json").write_text(content + "\n", "utf-8")
    (OUT / f"{name}.md").write_text(table + "\n", "utf-8")
    print(table, flush=True)
    print(flush=True)


if __name__ == "__main__":
    main()
