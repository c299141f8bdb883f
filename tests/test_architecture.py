"""The rules of the house that a machine can keep."""

import ast
import logging
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "quizapp"
LONGEST_FILE = 400
WRITTEN_BY_HAND = {".py", ".html", ".css", ".js", ".mjs", ".svg", ".toml", ".md", ".txt", ".mako"}
DRAWERS = {"util", "utils", "helper", "helpers", "common", "misc"}
OF_ANOTHER_HOUSE = {
    "domain/memory/scheduling.py": {"fsrs"},  # the one file that knows the scheduler
}


def paths(*folders: Path) -> Iterator[Path]:
    for folder in folders:
        yield from (path for path in sorted(folder.rglob("*")) if "__pycache__" not in path.parts)


def imported_modules(file: Path) -> set[str]:
    modules = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            modules |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            modules.add("." * node.level + (node.module or ""))
    return modules


def test_every_import_points_down_and_none_goes_in_a_circle():
    known = [one for one in logging.root.manager.loggerDict.values() if isinstance(one, logging.Logger)]
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True, no_logo=True) == 0
    for logger in known:  # it sets logging up and switches off every logger there is
        logger.disabled = False


@pytest.mark.parametrize("place", ["domain", "settings.py"])
def test_the_lowest_layers_import_the_standard_library_only(place):
    start = PACKAGE / place
    files = [start] if start.is_file() else [path for path in paths(start) if path.suffix == ".py"]
    assert files
    strangers = {}
    for file in files:
        name = file.relative_to(PACKAGE).as_posix()
        allowed = sys.stdlib_module_names | OF_ANOTHER_HOUSE.get(name, set())
        ours = f"quizapp.{start.stem}"
        found = {
            module
            for module in imported_modules(file)
            if module.split(".")[0] not in allowed and not f"{module}.".startswith(f"{ours}.")
        }
        if found:
            strangers[name] = found
    assert strangers == {}


STUDIO_TABLES = "quizapp.database.studio_tables"
DRAFT_TABLES = {"DraftRow", "DraftDecisionRow"}
MAY_NAME_DRAFTS = ("services/studio/", "database/")
MOVES_THEM = {"services/merging.py"}
"""It gives a guest's rows to their account; it shows none."""


def names_taken(file: Path, module: str) -> set[str]:
    """Return what a file imports from a module by name; the module's own name where it takes all of it."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == module:
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.Import) and module in {alias.name for alias in node.names}:
            found.add(module)
    return found


def test_no_module_outside_the_studio_can_read_a_draft():
    tables = DRAFT_TABLES | {STUDIO_TABLES}
    files = {file.relative_to(PACKAGE).as_posix(): file for file in paths(PACKAGE) if file.suffix == ".py"}
    naming = {name for name, file in files.items() if names_taken(file, STUDIO_TABLES) & tables}
    assert {one for one in naming if not one.startswith(MAY_NAME_DRAFTS)} == MOVES_THEM
    assert "services/studio/drafts.py" in naming


def test_no_service_outside_the_studio_imports_it():
    for file in paths(PACKAGE / "services"):
        name = file.relative_to(PACKAGE).as_posix()
        if file.suffix == ".py" and not name.startswith("services/studio/"):
            found = {one for one in imported_modules(file) if one.startswith("quizapp.services.studio")}
            assert found == set(), name


def test_package_files_import_nothing():
    importing = [file for file in paths(PACKAGE) if file.name == "__init__.py" and imported_modules(file)]
    assert importing == []


def test_no_file_is_too_long_to_read_at_once():
    lengths = {
        path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for path in [*paths(PACKAGE, ROOT / "tests"), ROOT / "dev.py"]
        if path.suffix in WRITTEN_BY_HAND
    }
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_every_function_lives_where_its_subject_lives():
    drawers = [
        path.relative_to(ROOT).as_posix()
        for path in paths(PACKAGE, ROOT / "tests")
        if DRAWERS & set(re.split(r"[^a-z]+", path.name.lower()))
    ]
    assert drawers == []


def pins(lock: Path) -> set[str]:
    return {line.split(" ")[0] for line in lock.read_text().splitlines() if "==" in line}


def test_the_lock_for_developers_holds_what_the_app_runs_on():
    run, dev = pins(ROOT / "requirements.lock"), pins(ROOT / "requirements-dev.lock")
    assert run
    assert run < dev


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_names_no_host_and_hashes_every_package(name):
    text = (ROOT / name).read_text()
    assert "://" not in text
    packages = re.split(r"^(?=[a-z])", text, flags=re.MULTILINE)[1:]
    assert packages
    assert [package for package in packages if "--hash=sha256:" not in package] == []
