"""The paths of Moodle's categories, whose last name is a topic here."""


def category_path(label: str) -> str:
    """Return the path of a topic; a slash within its name is doubled, and kept apart from the slash before the name."""
    name = " ".join(label.split()).replace("/", "//")
    return f"$course$/{' ' if name.startswith('/') else ''}{name}"


def category_label(path: str) -> str:
    """Return the last name of a path; empty where it only says where in Moodle it stands."""
    last = path.replace("//", "\0").split("/")[-1].replace("\0", "/").strip()
    return "" if last.startswith("$") and last.endswith("$") else last
