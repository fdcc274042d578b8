"""A workbook without what hides in it: visible cells keep their values."""

from __future__ import annotations

from gongkai.screening.files.limits import Deadline
from gongkai.screening.files.office import shared, xlsx, xlsx_formulas
from gongkai.screening.files.office.package import Package, relation_id
from gongkai.screening.files.office.xlsx_book import Book, Sheet, area
from gongkai.screening.files.office.xlsx_hiding import Hiding
from gongkai.screening.files.trace import squeezed
from gongkai.screening.files.xmlparts import Element, children, local, remove

_HOLDING = {"sheets", "definedNames", "pivotCaches", "externalReferences"}


def clean(package: Package, deadline: Deadline) -> None:
    """Take out hidden sheets, cells, names, comments, caches and links.

    Formulas that refer to what goes give way to the values they have.
    """
    book = Book(package, deadline)
    hiding = Hiding(book)
    links_go = hiding.links_can_go()
    for node, used in list(hiding.names()):
        if not used:
            remove(node)
    _fix_values(hiding, links=links_go)
    for one in hiding.cells:
        if not one.kept:
            for cell in one.cells:
                _empty(cell.element)
    _remove_links_in_cells(book, hiding)
    for sheet in book.sheets:
        _clean_sheet(book, sheet)
    if links_go:
        _drop_links(book)
    if xlsx.pivots_can_go(book):
        _drop_pivots(book)
    _drop_sheets(book, hiding)
    _clean_workbook(book)
    _blank_strings(Book(package, deadline))
    _drop_remarks(book)
    for sheet in book.sheets:
        package.touch(sheet.part)
    package.touch(book.part)
    shared.clean(package, squeezed("".join(Book(package, deadline).shared)))


def _fix_values(hiding: Hiding, *, links: bool) -> None:
    gone = hiding.gone()
    anything = bool(gone or hiding.removable)
    for use in hiding.uses:
        if not xlsx_formulas.is_cell(use) or not use.fixed:
            continue
        if (anything and use.reach.touches(gone)) or (links and use.reach.external):
            remove(use.element)


def _empty(cell: Element) -> None:
    for child in list(cell):
        cell.remove(child)
    if "t" in cell.attrib:
        del cell.attrib["t"]


def _remove_links_in_cells(book: Book, hiding: Hiding) -> None:
    gone = hiding.gone()
    for sheet in book.sheets:
        root = book.package.xml(sheet.part) if sheet.part else None
        for holder in shared.children_of(root, "hyperlinks"):
            for node in list(holder):
                own = area(sheet.name, str(node.get("ref") or ""))
                if own is not None and any(
                    one.top <= own.top
                    and own.bottom <= one.bottom
                    and one.left <= own.left
                    and own.right <= one.right
                    and one.sheet == sheet.name
                    for one in gone
                ):
                    remove(node)
            if not len(holder):
                remove(holder)


def _clean_sheet(book: Book, sheet: Sheet) -> None:
    root = book.package.xml(sheet.part) if sheet.part else None
    if root is None:
        return
    for node in children(root, "scenarios"):
        remove(node)
    if book.below(sheet, "comments"):
        _drop_note_shapes(book, sheet, root)
    for table in book.below(sheet, "table"):
        _release_query(book.package, table)
    shared.unrelate_unused(book.package, sheet.part, root)


def _drop_note_shapes(book: Book, sheet: Sheet, root: Element) -> None:
    """The drawing that shows notes goes, unless it also holds controls."""
    for relation in list(book.package.relations(sheet.part)):
        if relation.kind != "vmlDrawing" or relation.target not in book.package:
            continue
        drawn = book.package.part(relation.target)
        if drawn.count(b"ObjectType=") > drawn.count(b'ObjectType="Note"'):
            continue
        for node in children(root, "legacyDrawing"):
            if relation_id(node) == relation.id:
                remove(node)
                book.package.unrelate(relation)


def _release_query(package: Package, table: str) -> None:
    root = package.xml(table)
    if root is None or root.get("tableType") != "queryTable":
        return
    del root.attrib["tableType"]
    for node in root.iter():
        node.attrib.pop("queryTableFieldId", None)
    package.touch(table)


def _drop_links(book: Book) -> None:
    for node in list(book.names):
        if "[" in str(node.text or ""):
            remove(node)
    for relation in list(book.package.relations(book.part)):
        if relation.kind == "externalLink":
            book.package.drop(relation.target)
    for node in shared.children_of(book.root, "externalReferences"):
        remove(node)


def _drop_pivots(book: Book) -> None:
    for relation in list(book.package.all_relations()):
        if relation.kind in {"pivotTable", "pivotCacheDefinition", "pivotCacheRecords"}:
            book.package.drop(relation.target)
    for node in shared.children_of(book.root, "pivotCaches"):
        remove(node)


def _drop_sheets(book: Book, hiding: Hiding) -> None:
    gone = {n for n, sheet in enumerate(book.sheets) if sheet.name in hiding.removable}
    for number in gone:
        remove(book.sheets[number].element)
        book.package.drop(book.sheets[number].part)
    for node in list(book.names):
        at = str(node.get("localSheetId") or "")
        if at.isdigit() and int(at) in gone and node.getparent() is not None:
            remove(node)
        elif at.isdigit():
            node.set("localSheetId", str(int(at) - sum(n < int(at) for n in gone)))
    left = [sheet for number, sheet in enumerate(book.sheets) if number not in gone]
    book.sheets = left
    first = next((n for n, sheet in enumerate(left) if sheet.state == "visible"), 0)
    for view in [] if book.root is None else book.root.iter():
        if local(view) == "workbookView" and gone:
            view.set("activeTab", str(first))
            view.attrib.pop("firstSheet", None)


def _clean_workbook(book: Book) -> None:
    for node in [] if book.root is None else list(book.root.iter()):
        if local(node) == "absPath":
            around = next((n for n in node.iterancestors() if local(n) == "AlternateContent"), node)
            remove(around)
        elif local(node) == "fileSharing":
            node.attrib.pop("userName", None)
        elif local(node) in _HOLDING and not len(node):
            remove(node)
    calculated = book.related("calcChain")
    if calculated:
        book.package.drop(calculated)
    name = shared.property_parts(book.package).get("extended-properties", "")
    root = book.package.xml(name) if name else None
    for node in [] if root is None else list(root):
        if local(node) in {"HeadingPairs", "TitlesOfParts"}:
            remove(node)
            book.package.touch(name)


def _drop_remarks(book: Book) -> None:
    kinds = {"comments", "threadedComment", "person", "connections", "queryTable"}
    kinds |= {"revisionHeaders", "usernames"}
    for relation in list(book.package.all_relations()):
        if relation.kind in kinds and not relation.external:
            book.package.drop(relation.target)


def _blank_strings(book: Book) -> None:
    """Strings no cell shows any more are emptied; the others keep their numbers."""
    root = book.package.xml(book.strings) if book.strings else None
    used = xlsx.used_strings(book)
    for number, node in enumerate(shared.children_of(root, "si")):
        if number not in used:
            for child in list(node):
                node.remove(child)
            space = str(node.tag).rpartition("}")[0]
            node.append(node.makeelement(f"{space}}}t" if space else "t", {}, None))
            book.package.touch(book.strings)
