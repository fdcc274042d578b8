"""`python -m bench`: reading and the corpus. `python -m bench --quick` ends within a minute.

`python -m bench choices` holds every choice of a library against its best rival.
"""

from __future__ import annotations

import argparse
import json
import platform
from dataclasses import asdict
from importlib import import_module
from pathlib import Path

from bench import folder, reading

OUT = Path(__file__).parent / "out"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("what", nargs="?", choices=["all", "reading", "corpus", "choices"])
    parser.add_argument("--quick", action="store_true", help="fewer files; under a minute")
    given = parser.parse_args()
    if given.what == "choices":
        import_module("bench.choices").main()
        return
    OUT.mkdir(exist_ok=True)
    tables = []
    if given.what in (None, "all", "reading"):
        measured = reading.measure(quick=given.quick)
        _keep("reading", asdict(measured))
        tables.append(reading.table(measured))
    if given.what in (None, "all", "corpus"):
        corpus = folder.measure(quick=given.quick)
        _keep("corpus", asdict(corpus))
        tables.append(folder.table(corpus))
    text = "\n\n".join(tables) + "\n"
    (OUT / "results.md").write_text(text, "utf-8")
    print(text)


def _keep(name: str, values: dict[str, object]) -> None:
    machine = {"python": platform.python_version(), "machine": platform.machine()}
    content = json.dumps({**machine, **values}, ensure_ascii=False, indent=1)
    (OUT / f"{name}.json").write_text(content + "\n", "utf-8")


if __name__ == "__main__":
    main()
