"""A package of parts with its relationships and content types, read, changed and written anew."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from gongkai.screening.files.parts import Parts
from gongkai.screening.files.refusal import UnsafeFileError
from gongkai.screening.files.xmlparts import Element, local, remove

TYPES = "[Content_Types].xml"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_R_STRICT = "{http://purl.oclc.org/ooxml/officeDocument/relationships}"


@dataclass(frozen=True, slots=True)
class Relation:
    """From the part `source` ("" is the package) by `id` to a part or, if external, an address."""

    source: str
    id: str
    kind: str
    target: str
    external: bool


class Package(Parts):
    """The parts of a document with what they refer to. Raises UnsafeFileError as OpenZip does."""

    def relations(self, source: str) -> Iterator[Relation]:
        """What a part refers to, with targets as names of parts."""
        root = self.xml(rels_name(source))
        for node in [] if root is None else root:
            if local(node) != "Relationship":
                continue
            target = str(node.get("Target") or "")
            external = node.get("TargetMode") == "External"
            if not external:
                target = self._resolved(source, target)
            kind = str(node.get("Type") or "").rpartition("/")[2]
            yield Relation(source, str(node.get("Id") or ""), kind, target, external)

    def _resolved(self, source: str, target: str) -> str:
        target = unquote(target.partition("#")[0])
        if not target.startswith("/"):
            target = posixpath.join(posixpath.dirname(source), target)
        name = posixpath.normpath(target).lstrip("/")
        return self.spelt(name)

    def all_relations(self) -> Iterator[Relation]:
        """The relations of the package and of every part."""
        yield from self.relations("")
        for name in self.names:
            if not name.endswith(".rels"):
                yield from self.relations(name)

    def main_part(self) -> str:
        """The document itself. Raises UnsafeFileError("damaged") if there is none."""
        for relation in self.relations(""):
            if relation.kind == "officeDocument" and relation.target in self:
                return relation.target
        raise UnsafeFileError("damaged", "_rels/.rels")

    def reachable(self) -> set[str]:
        """The parts that the document can come to from the package."""
        found: set[str] = set()
        ahead = [""]
        while ahead:
            for relation in self.relations(ahead.pop()):
                if not relation.external and relation.target not in found:
                    found.add(relation.target)
                    ahead.append(relation.target)
        return found

    def drop(self, name: str) -> None:
        """Take out a part, its own relations, and all relations to it."""
        for relation in list(self.all_relations()):
            if not relation.external and relation.target == name:
                self.unrelate(relation)
        super().drop(name)
        super().drop(rels_name(name))

    def unrelate(self, relation: Relation) -> None:
        """Take out one relation."""
        name = rels_name(relation.source)
        root = self.xml(name)
        for node in [] if root is None else list(root):
            if node.get("Id") == relation.id:
                remove(node)
                self.touch(name)

    def drop_unreachable(self) -> None:
        """Take out what nothing comes to any more."""
        kept = self.reachable()
        for name in self.names:
            if name != TYPES and not _is_rels(name) and name not in kept:
                super().drop(name)
                super().drop(rels_name(name))

    def written(self, first: str = TYPES) -> bytes:
        """The document as bytes, its content types first, as readers expect."""
        self._settle_types()
        return super().written(first)

    def _settle_types(self) -> None:
        root = self.xml(TYPES)
        for node in [] if root is None else list(root):
            name = str(node.get("PartName") or "").lstrip("/")
            if name and self.dropped(name):
                remove(node)
                self.touch(TYPES)


def rels_name(part: str) -> str:
    """Where the relations of a part stand."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _is_rels(name: str) -> bool:
    return name.endswith(".rels")


def relation_id(element: Element, name: str = "id") -> str:
    """The r:id (or r:embed, r:link …) of an element, "" if it has none."""
    return str(element.get(_R + name) or element.get(_R_STRICT + name) or "")


def references(element: Element) -> set[str]:
    """All ids of relations that stand on an element or below it."""
    return {
        value
        for node in element.iter()
        for key, value in node.attrib.items()
        if str(key).startswith((_R, _R_STRICT))
    }
