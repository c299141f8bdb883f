"""What a page offers to do: its forms with every field and button, and its links, read as a browser reads them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

Attributes = dict[str, str]
_LINT = "lint "
VOID = frozenset({"input", "br", "img", "meta", "link", "hr", "option"})


@dataclass
class FormField:
    """One field or named button of a form. `choices` are the values it offers, `value` the one that stands there."""

    name: str
    kind: str
    value: str = ""
    choices: list[str] = field(default_factory=list)
    attributes: Attributes = field(default_factory=dict)


@dataclass
class PageForm:
    """A form with where it is sent, its named fields in the order of the page, and its buttons, named or not.

    A radio group is one field.
    """

    action: str
    method: str
    fields: list[FormField]
    buttons: list[FormField]
    has_files: bool = False

    @property
    def pressed(self) -> FormField | None:
        """The button that sends the form: one without a name if there is one, else the first."""
        return next((one for one in self.buttons if not one.name), self.buttons[0] if self.buttons else None)


@dataclass
class ReadPage:
    """A page as its visitor can use it."""

    title: str = ""
    text: str = ""
    forms: list[PageForm] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    elements: list[tuple[str, Attributes]] = field(default_factory=list)
    text_by_id: dict[str, str] = field(default_factory=dict)
    lint: list[str] = field(default_factory=list)
    """The sentences that say what is wrong."""


def read_page(html: str, address: str) -> ReadPage:
    """Read a page that was found at `address`; links and forms that lead to other sites are left out."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    page = ReadPage(reader.title, "".join(reader.texts), elements=reader.elements, text_by_id=reader.text_by_id)
    page.lint = [text for name, text in reader.text_by_id.items() if name.startswith(_LINT)]
    page.links = [link for link in (_local(href, address) for href in reader.hrefs) if link]
    page.forms = [form for one in reader.forms for form in _forms_of(one, address)]
    return page


def is_told_beside(page: ReadPage, field_name: str) -> bool:
    """Say whether a page that refuses a form says why: at the field, at the question, or beside what is wrong."""
    invalid = {given.get("name") for _, given in page.elements if given.get("aria-invalid") == "true"}
    told = {name for name, text in page.text_by_id.items() if text.strip()}
    advised = any("stands beside its field" not in text for text in page.lint)
    return field_name in invalid or f"{field_name}-errors" in told or "problem" in told or advised


def _local(href: str, address: str) -> str:
    """Return an address on this site without its fragment; empty for any other."""
    parts = urlsplit(urljoin(address, href))
    if parts.scheme or parts.netloc:
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")


@dataclass
class _OpenForm:
    attributes: Attributes
    controls: list[FormField] = field(default_factory=list)


def _forms_of(one: _OpenForm, address: str) -> Iterator[PageForm]:
    """Yield the form once for each address that a button of it sends to: without a button nobody sends it."""
    method = one.attributes.get("method", "get").lower()
    if method not in ("get", "post"):
        return
    fields: list[FormField] = []
    for control in one.controls:
        known = next((known for known in fields if known.name == control.name and known.kind == "radio"), None)
        if control.kind == "radio" and known:
            known.choices += control.choices
            known.value = known.value or control.value
        else:
            fields.append(control)
    buttons = [one for one in fields if one.kind == "submit"]
    named = [one for one in fields if one.kind != "submit" and one.name]
    for action in dict.fromkeys(one.attributes.get("formaction", "") for one in buttons):
        found = _local(action or one.attributes.get("action", "") or address, address)
        pressing = [button for button in buttons if button.attributes.get("formaction", "") == action]
        if found:
            yield PageForm(found, method, named, pressing, one.attributes.get("enctype") == "multipart/form-data")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.title = ""
        self.texts: list[str] = []
        self.hrefs: list[str] = []
        self.elements: list[tuple[str, Attributes]] = []
        self.text_by_id: dict[str, str] = {}
        self.forms: list[_OpenForm] = []
        self._by_id: dict[str, _OpenForm] = {}
        self._open: list[tuple[str, str]] = []
        self._form: _OpenForm | None = None
        self._control: FormField | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.elements.append((tag, given))
        if tag not in VOID:
            is_lint = "lint" in given.get("class", "").split()
            self._open.append((tag, f"{_LINT}{len(self.elements)}" if is_lint else given.get("id", "")))
        if tag == "a" and given.get("href"):
            self.hrefs.append(given["href"])
        elif tag == "form":
            self._form = self._by_id.setdefault(given.get("id", f"form {len(self.forms)}"), _OpenForm({}))
            self._form.attributes = given
            self.forms.append(self._form)
        elif tag in ("input", "select", "textarea", "button") and "disabled" not in given:
            self._add(tag, given)
        elif tag == "option" and self._control is not None:
            self._control.choices.append(given.get("value", ""))
            if "selected" in given:
                self._control.value = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        if tag == "textarea" and self._control is not None:
            self._control.value = self._control.value.lstrip("\r\n")  # a line break after the tag is not part of it
        if tag in ("select", "textarea"):
            self._control = None
        for place in range(len(self._open) - 1, -1, -1):
            if self._open[place][0] == tag:
                del self._open[place:]
                break

    def handle_data(self, data: str) -> None:
        if any(tag in ("script", "style") for tag, _ in self._open):
            return
        if self._open and self._open[-1][0] == "title" and not any(tag == "svg" for tag, _ in self._open):
            self.title += data
            return
        self.texts.append(data)
        for _, name in self._open:
            if name:
                self.text_by_id[name] = self.text_by_id.get(name, "") + data
        if self._control is not None and self._control.kind == "textarea":
            self._control.value += data

    def _add(self, tag: str, given: Attributes) -> None:
        form = self._by_id.setdefault(given["form"], _OpenForm({})) if given.get("form") else self._form
        if form is None:
            return
        kind = given.get("type", "text" if tag == "input" else "submit" if tag == "button" else tag).lower()
        value = given.get("value", "on" if kind == "checkbox" else "")
        control = FormField(given.get("name", ""), kind, value, attributes=given)
        if kind in ("radio", "checkbox"):
            control.choices, control.value = [value], value if "checked" in given else ""
        if tag in ("select", "textarea"):
            self._control = control
        if kind == "button":
            return
        form.controls.append(control)
