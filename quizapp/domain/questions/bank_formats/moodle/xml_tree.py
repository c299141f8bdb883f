"""The questions of an XML file as small trees, one at a time; whatever could grow or reach outside is refused."""

from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat

from quizapp.domain.errors import InvalidContent, Problem

MAX_DEPTH = 30
MAX_NODES = 5_000
"""How many elements one question may hold."""
NO_DECLARATIONS = "it declares a document type or entities, and such files are not read. Export it again from Moodle."


@dataclass
class Node:
    """One element: its name, attributes, the text directly in it, and the elements in it; `line` is where it begins.

    `raw` is the whole of it as it stands in a file in UTF-8; only an element that was looked for has it.
    """

    name: str
    attributes: dict[str, str]
    line: int
    pieces: list[str] = field(default_factory=list)
    children: list["Node"] = field(default_factory=list)
    raw: bytes = b""

    @property
    def text(self) -> str:
        """Return the text directly in it."""
        return "".join(self.pieces)

    def all(self, name: str) -> list["Node"]:
        """Return the elements of this name directly in it."""
        return [one for one in self.children if one.name == name]

    def first(self, name: str) -> "Node | None":
        """Return the first element of this name; None where there is none."""
        return next((one for one in self.children if one.name == name), None)

    def words(self, *way: str) -> str:
        """Return the text at the end of a way of names, stripped; empty where the way ends before."""
        node: Node | None = self
        for name in way:
            node = node.first(name) if node else None
        return node.text.strip() if node else ""


@dataclass
class TooLarge(Node):
    """A question that holds more than a question can."""


def walk(data: bytes, root: str, wanted: str, found: Callable[[Node], None]) -> None:
    """Call `found` with each element `wanted` directly within `root`. Raises InvalidContent with the line."""
    _Walk(root, wanted, found).run(data)


class _Walk:
    def __init__(self, root: str, wanted: str, found: Callable[[Node], None]) -> None:
        self.root, self.wanted, self.found = root, wanted, found
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self.depth = 0
        self.nodes = 0
        self.begins = 0
        self.data = b""
        self.stack: list[Node] = []

    def run(self, data: bytes) -> None:
        self.data = data
        try:
            self.parser.Parse(data, True)
        except expat.ExpatError as error:
            words = expat.errors.messages.get(error.code, str(error)) if error.code else str(error)
            raise self._refused(f"it is not well-formed XML: {words}.", error.lineno) from error
        except (ValueError, LookupError) as error:  # an encoding that is none, or that expat has no table for
            raise self._refused("its encoding is not known. Save it as UTF-8.") from error

    def _refused(self, sentence: str, line: int | None = None) -> InvalidContent:
        line = line or self.parser.CurrentLineNumber
        return InvalidContent([Problem("the file", f"line {line}: {sentence}", line)])

    def _refuse(self, *declared: object) -> None:
        raise self._refused(NO_DECLARATIONS)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        line = self.parser.CurrentLineNumber
        if self.depth == 1 and name != self.root:
            raise self._refused(f"it begins with <{name[:40]}>, and Moodle's questions with <{self.root}>.")
        if self.depth > MAX_DEPTH:
            raise self._refused(f"its elements are nested more than {MAX_DEPTH} deep.")
        if self.stack:
            self.nodes += 1
            node = Node(name, attributes, line)
            if self.nodes < MAX_NODES:
                self.stack[-1].children.append(node)
            self.stack.append(node)
        elif self.depth == 2 and name == self.wanted:
            self.nodes, self.begins = 0, self.parser.CurrentByteIndex
            self.stack.append(Node(name, attributes, line))

    def _end(self, name: str) -> None:
        self.depth -= 1
        if self.stack:
            node = self.stack.pop()
            if not self.stack:
                node.raw = self.data[self.begins : self.parser.CurrentByteIndex]
                self.found(TooLarge(node.name, node.attributes, node.line) if self.nodes >= MAX_NODES else node)

    def _characters(self, text: str) -> None:
        if self.stack:
            self.stack[-1].pieces.append(text)
