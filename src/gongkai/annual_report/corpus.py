"""A folder of reports → one Parquet file: every cell and every finding, on all cores.

Files are taken in chunks; each chunk is read in a worker process and written there as a part, so
that no report travels between processes and memory stays flat. A part is named by the paths,
sizes and times of its files: a run that was killed goes on where it stopped, and a file that has
changed is read again.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from decimal import Decimal
from multiprocessing import get_context, parent_process
from pathlib import Path
from threading import Thread
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from gongkai import __version__
from gongkai.annual_report.check import Finding, check
from gongkai.annual_report.figures import Report
from gongkai.annual_report.read import UnreadableReportError, read

CHUNK = 100
LARGEST = 20 * 1024 * 1024
"""Bytes above which a file is not even opened; the reader refuses it anyway."""

_WORD = pa.dictionary(pa.int32(), pa.string())
SCHEMA = pa.schema(
    [
        pa.field("kind", _WORD, nullable=False),
        pa.field("file", _WORD, nullable=False),
        pa.field("sha256", _WORD),
        pa.field("agency", _WORD),
        pa.field("year", pa.int32()),
        pa.field("form", _WORD),
        pa.field("address", _WORD),
        pa.field("figure", pa.string()),
        pa.field("value", pa.decimal128(38, 6)),
        pa.field("how", _WORD),
        pa.field("place", pa.string()),
        pa.field("code", _WORD),
        pa.field("severity", _WORD),
        pa.field("message", pa.string()),
        pa.field("quote", pa.string()),
        pa.field("expected", pa.string()),
        pa.field("found", pa.string()),
        pa.field("fingerprint", pa.string()),
    ]
)
"""One line per fact. `kind` says which: "report" (one for each file that was read), "cell",
"finding", or "error" (a file that could not be read: `code` is the reason, `message` what to do).

`figure` is the figure as text, exact, null for a blank cell; `value` the same as a decimal, null
also where it has more than six places. `file` is the path below the folder, `how` is "read" or
"solved". Columns from `code` on are filled for findings and errors only.
"""

Line = dict[str, Any]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the corpus, with what tells whether it has changed."""

    path: str
    size: int
    changed: int


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did: files in all, of these read now and taken from an earlier run, errors."""

    files: int
    resumed: int
    errors: int
    lines: int


def corpus(
    folder: Path,
    out: Path,
    *,
    language: str = "zh",
    workers: int | None = None,
    progress: Progress | None = None,
) -> Summary:
    """Reads and checks every file below `folder` and writes the lines to `out` (see `SCHEMA`).

    A file that cannot be read is a line of kind "error", never a stop. `progress` is called with
    the number of files done and in all. The lines are in the order of the paths, whatever the order
    in which they were read. Raises OSError where `out` cannot be written.
    """
    chunks = _chunks(_entries(folder, out))
    parts = out.with_name(out.name + ".parts")
    parts.mkdir(parents=True, exist_ok=True)
    names = [parts / _part_name(chunk, language) for chunk in chunks]
    total = sum(map(len, chunks))
    waiting = [(c, n) for c, n in zip(chunks, names, strict=True) if not n.exists()]
    done = resumed = total - sum(len(chunk) for chunk, _ in waiting)
    advance = progress or _silent
    advance(done, total)
    for count in _worked_off(folder, waiting, language, workers or os.cpu_count() or 1):
        done += count
        advance(done, total)
    lines, errors = _joined(names, out)
    shutil.rmtree(parts)
    return Summary(total, resumed, errors, lines)


def _silent(_done: int, _total: int) -> None:
    """Where nobody watches."""


def _entries(folder: Path, out: Path) -> list[Entry]:
    """All files below the folder in order of path, hidden ones and our own output left out."""
    own = (out.resolve(), out.with_name(out.name + ".parts").resolve())
    entries = []
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(
            f for f in folders if not f.startswith(".") and (Path(root) / f).resolve() not in own
        )
        for name in files:
            path = Path(root) / name
            if name.startswith(".") or path.resolve() in own or not path.is_file():
                continue
            status = path.stat()
            relative = path.relative_to(folder).as_posix()
            entries.append(Entry(relative, status.st_size, status.st_mtime_ns))
    return sorted(entries, key=lambda entry: entry.path)


def _chunks(entries: Sequence[Entry], size: int = CHUNK) -> list[list[Entry]]:
    return [list(entries[at : at + size]) for at in range(0, len(entries), size)]


def _part_name(chunk: Iterable[Entry], language: str) -> str:
    """Changes when a file of the chunk, the language or the version of the reader changes."""
    essence = repr((__version__, language, [(e.path, e.size, e.changed) for e in chunk]))
    return hashlib.sha256(essence.encode("utf-8", "surrogatepass")).hexdigest()[:24] + ".parquet"


def _worked_off(
    folder: Path, waiting: Sequence[tuple[list[Entry], Path]], language: str, workers: int
) -> Iterator[int]:
    """Works the chunks off in parallel, giving the number of files of each as it is done.

    Should a worker process die, the chunks it may have taken with it are done again file by file,
    so that only the file that kills its process is lost, and named.
    """
    failed: list[tuple[list[Entry], Path]] = []
    for chunk, part, survived in _pooled(folder, waiting, language, workers):
        if survived:
            yield len(chunk)
        else:
            failed.append((chunk, part))
    for chunk, part in failed:
        _one_by_one(folder, chunk, part, language)
        yield len(chunk)


def _pooled(
    folder: Path, waiting: Sequence[tuple[list[Entry], Path]], language: str, workers: int
) -> Iterator[tuple[list[Entry], Path, bool]]:
    """Each chunk with whether its part was written; few chunks are in flight at a time."""
    queue = iter(waiting)
    running: dict[Future[None], tuple[list[Entry], Path]] = {}
    pool = _pool(min(workers, len(waiting)) or 1)
    broken = False
    try:
        while True:
            while not broken and len(running) < workers * 2 and (job := next(queue, None)):
                running[pool.submit(_write_part, str(folder), *job, language)] = job
            if not running:
                break
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                job = running.pop(future)
                died = isinstance(future.exception(), BrokenProcessPool)
                broken = broken or died
                if not died:
                    future.result()
                yield (*job, not died)
        yield from ((*job, False) for job in queue)
    finally:
        pool.shutdown(wait=not broken, cancel_futures=True)


def _pool(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(
        workers, mp_context=get_context("spawn"), initializer=_end_with_parent
    )


def _end_with_parent() -> None:
    """Lets a worker end when its parent is killed; left alone it would wait for work for ever."""
    parent = parent_process()
    if parent is not None:

        def watch() -> None:
            parent.join()
            os._exit(1)

        Thread(target=watch, daemon=True).start()


def _one_by_one(folder: Path, chunk: Sequence[Entry], part: Path, language: str) -> None:
    """A chunk that killed a worker: one file at a time, in a new process after each death."""
    lines: list[Line] = []
    remaining = list(chunk)
    while remaining:
        with _pool(1) as pool:
            try:
                while remaining:
                    lines += pool.submit(lines_of, str(folder), remaining[0], language).result()
                    remaining.pop(0)
            except BrokenProcessPool:
                killer = remaining.pop(0)
                message = "读取进程意外终止。" if language == "zh" else "The reading process died."
                lines.append(_error(killer.path, None, "crashed", message))
    _write(lines, part)


def _write_part(folder: str, chunk: Sequence[Entry], part: Path, language: str) -> None:
    _write([line for entry in chunk for line in lines_of(folder, entry, language)], part)


def _write(lines: Sequence[Line], part: Path) -> None:
    """The part under its name only when it is whole: a killed run leaves no half part."""
    table = pa.Table.from_pylist(lines, schema=SCHEMA)
    unfinished = part.with_suffix(f".{os.getpid()}")
    pq.write_table(table, unfinished, compression="zstd")
    unfinished.replace(part)


def lines_of(folder: str, entry: Entry, language: str) -> list[Line]:
    """Every line one file gives: the report, its cells and findings, or the error."""
    path = Path(folder) / entry.path
    shown = entry.path.encode("utf-8", "replace").decode()
    if entry.size > LARGEST:
        refusal = UnreadableReportError("too_large", shown)
        return [_error(shown, None, refusal.reason, refusal.message(language))]
    digest: str | None = None
    try:
        data = path.read_bytes()
        digest = hashlib.sha256(data).hexdigest()
        report = read(data, shown)
        return _lines(shown, digest, report, check(report), language)
    except UnreadableReportError as error:
        return [_error(shown, digest, error.reason, error.message(language))]
    except OSError as error:
        return [_error(shown, digest, "not_opened", error.strerror or str(error))]
    except Exception as error:  # a fault of the reader must not stop the other files
        return [_error(shown, digest, "internal", f"{type(error).__name__}: {error}")]


def _error(file: str, digest: str | None, reason: str, message: str) -> Line:
    return {"kind": "error", "file": file, "sha256": digest, "code": reason, "message": message}


def _lines(
    file: str, digest: str, report: Report, findings: Sequence[Finding], language: str
) -> list[Line]:
    common: Line = {
        "file": file,
        "sha256": digest,
        "agency": report.agency,
        "year": report.year,
        "form": report.form,
    }
    return [
        {**common, "kind": "report"},
        *({**common, **line} for line in _cells(report)),
        *({**common, **_finding(finding, language)} for finding in findings),
    ]


def _cells(report: Report) -> Iterator[Line]:
    for address, figure in report.figures.items():
        provenance = report.provenance.get(address)
        yield {
            "kind": "cell",
            "address": address,
            "figure": None if figure is None else f"{Decimal(figure):f}",
            "value": _value(figure),
            "how": provenance and provenance.how,
            "place": provenance and provenance.place,
        }


def _value(figure: int | Decimal | None) -> Decimal | None:
    """The figure where six decimals and 32 digits hold it, else null."""
    if figure is None:
        return None
    exact = Decimal(figure)
    exponent = exact.as_tuple().exponent
    fits = isinstance(exponent, int) and exponent >= -6 and exact.adjusted() < 32
    return exact if fits else None


def _finding(finding: Finding, language: str) -> Line:
    return {
        "kind": "finding",
        "address": finding.address or None,
        "place": finding.place or None,
        "code": finding.code,
        "severity": finding.severity,
        "message": finding.message(language),
        "quote": finding.quote or None,
        "expected": finding.expected or None,
        "found": finding.found or None,
        "fingerprint": finding.fingerprint,
    }


def _joined(parts: Iterable[Path], out: Path) -> tuple[int, int]:
    """The parts in one file, a batch at a time; how many lines and how many errors."""
    unfinished = out.with_name(f".{out.name}.unfinished")
    lines = errors = 0
    with pq.ParquetWriter(unfinished, SCHEMA, compression="zstd") as writer:
        for part in parts:
            with pq.ParquetFile(part) as source:
                for batch in source.iter_batches(batch_size=32_768):
                    table = pa.Table.from_batches([batch]).cast(SCHEMA)
                    writer.write_table(table)
                    lines += len(table)
                    errors += table["kind"].cast(pa.string()).to_pylist().count("error")
    unfinished.replace(out)
    return lines, errors
