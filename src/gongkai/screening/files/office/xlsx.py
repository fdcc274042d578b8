"""Excel workbooks: what hides in sheets, cells, names, links and caches."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.screening.files.limits import Deadline
from gongkai.screening.files.office import shared
from gongkai.screening.files.office.package import Package
from gongkai.screening.files.office.xlsx_book import Book, Sheet
from gongkai.screening.files.office.xlsx_hiding import Hiding, is_removable
from gongkai.screening.files.trace import Place, Sighting, squeezed
from gongkai.screening.files.words import Kept, TraceCode
from gongkai.screening.files.xmlparts import below, children, local, texts


def hidden(package: Package, deadline: Deadline) -> Iterator[Sighting]:
    """Traces of a workbook."""
    book = Book(package, deadline)
    hiding = Hiding(book)
    for sheet in book.sheets:
        if sheet.state != "visible":
            yield _of_hidden_sheet(hiding, sheet)
    for one in hiding.cells:
        yield one.sighting()
    for node, used in hiding.names():
        content = f"{node.get('name')}: {node.text or ''}"
        yield Sighting("xlsx.hidden_name", content, kept="referenced" if used else "")
    for sheet in book.sheets:
        deadline.check()
        yield from _remarks(book, sheet)
    yield from _links(hiding)
    yield from _caches(book)
    yield from _of_workbook(book)
    yield from unused_strings(book)
    yield from shared.hidden(package, squeezed("".join(book.shared)), deadline)


def _of_hidden_sheet(hiding: Hiding, sheet: Sheet) -> Sighting:
    cells = hiding.book.cells(sheet) if sheet.part else iter(())
    content = f"{sheet.name}: " + " | ".join(cell.content for cell in cells)
    code: TraceCode = "xlsx.hidden_sheet" if sheet.state == "hidden" else "xlsx.very_hidden_sheet"
    kept: Kept = "" if is_removable(hiding, sheet) else "referenced"
    return Sighting(code, content, Place("sheet", part=sheet.name), kept)


def _remarks(book: Book, sheet: Sheet) -> Iterator[Sighting]:
    """Comments and scenarios of a sheet."""
    for kind in ("comments", "threadedComment"):
        for name in book.below(sheet, kind):
            root = book.package.xml(name)
            for node in [] if root is None else root.iter():
                if local(node) in {"comment", "threadedComment"}:
                    place = Place("sheet", part=f"{sheet.name}!{node.get('ref') or ''}")
                    yield Sighting("xlsx.comment", texts(node, "t", "text"), place)
    root = book.package.xml(sheet.part) if sheet.part else None
    for holder in shared.children_of(root, "scenarios"):
        for node in children(holder, "scenario"):
            content = f"{node.get('name') or ''} {node.get('user') or ''}"
            yield Sighting("xlsx.scenario", content, Place("sheet", part=sheet.name))


def _links(hiding: Hiding) -> Iterator[Sighting]:
    book = hiding.book
    kept: Kept = "" if hiding.links_can_go() else "referenced"
    for relation in book.package.relations(book.part):
        if relation.kind == "externalLink":
            root = book.package.xml(relation.target)
            paths = [one.target for one in book.package.relations(relation.target)]
            cached = (
                ""
                if root is None
                else " | ".join(node.text or "" for node in root.iter() if local(node) == "v")
            )
            yield Sighting("xlsx.external_link", " ".join([*paths, cached]), kept=kept)


def pivots_can_go(book: Book) -> bool:
    """Whether no slicer, timeline or pivot chart would lose what it works on."""
    return not any(
        relation.kind in {"slicer", "slicerCache", "timeline", "timelineCache"}
        for relation in book.package.all_relations()
    ) and not any(
        local(node) == "pivotSource"
        for name in book.package.names
        if name.startswith("xl/charts/chart") and (root := book.package.xml(name)) is not None
        for node in root.iter()
    )


def _caches(book: Book) -> Iterator[Sighting]:
    kept: Kept = "" if pivots_can_go(book) else "referenced"
    for relation in book.package.relations(book.part):
        if relation.kind == "pivotCacheDefinition":
            root = book.package.xml(relation.target)
            values = [] if root is None else [str(n.get("v")) for n in root.iter() if n.get("v")]
            for records in book.package.relations(relation.target):
                more = book.package.xml(records.target)
                values += (
                    [] if more is None else [str(n.get("v")) for n in more.iter() if n.get("v")]
                )
            yield Sighting("xlsx.pivot_cache", " | ".join(values), kept=kept)
        elif relation.kind == "connections":
            root = book.package.xml(relation.target)
            for node in [] if root is None else list(root):
                words = [str(value) for part in node.iter() for value in part.attrib.values()]
                yield Sighting("xlsx.data_connection", " ".join(words))
        elif relation.kind == "powerPivotData":
            yield Sighting("xlsx.data_model", relation.target, kept="source_needed")
        elif relation.kind in {"revisionHeaders", "usernames"}:
            yield Sighting("xlsx.revision_log", _revised(book, relation.target))


def _revised(book: Book, name: str) -> str:
    root = book.package.xml(name)
    words = [] if root is None else [str(n.get("userName") or n.get("name") or "") for n in root]
    return " ".join([name.rpartition("/")[2], *words])


def _of_workbook(book: Book) -> Iterator[Sighting]:
    for node in [] if book.root is None else book.root.iter():
        if local(node) == "absPath":
            yield Sighting("xlsx.saved_path", str(node.get("url") or ""))
        elif local(node) == "fileSharing" and node.get("userName"):
            yield Sighting("office.property", f"userName: {node.get('userName')}")


def used_strings(book: Book) -> set[int]:
    """The numbers of the shared strings that a cell shows."""
    found: set[int] = set()
    for sheet in book.sheets:
        root = book.package.xml(sheet.part) if sheet.part else None
        for data in shared.children_of(root, "sheetData"):
            for node in below(data, "c"):
                if node.get("t") == "s" and (value := texts(node, "v")).isdigit():
                    found.add(int(value))
    return found


def unused_strings(book: Book) -> Iterator[Sighting]:
    used = used_strings(book)
    for number, text in enumerate(book.shared):
        if number not in used and text.strip():
            yield Sighting("xlsx.unused_string", text)
