"""Run, test and look after quizapp from a bare checkout: python3 dev.py help.

Standard library only, and readable by a Python as old as 3.6, which is told here that it is too old. Everything that is
installed goes into .venv beside this file; its versions and their hashes stand in the two lock files.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Callable, Dict, List, Sequence, Tuple

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
OLDEST_PYTHON = (3, 11)
RUN_LOCK = "requirements.lock"
DEV_LOCK = "requirements-dev.lock"
ROOM_FOR_TESTS = 4 * 10**9
WINDOWS = os.name == "nt"
BUILT = [".venv", "build", "dist", "htmlcov", "test-results", ".coverage"]
CACHES = [".hypothesis", ".import_linter_cache", ".mypy_cache", ".pytest_cache", ".ruff_cache", "__pycache__"]


class Stop(Exception):
    """Say why nothing more can be done, in words for the person at the keyboard."""


def old_python_message(version: Sequence[int]) -> str:
    """Say what to do about a Python that is too old; nothing if it is new enough."""
    if tuple(version[:2]) >= OLDEST_PYTHON:
        return ""
    return (
        "quizapp needs Python {}.{} or newer; this is Python {}.{}.\n"
        "If a newer one is installed, name it: python3.12 dev.py run, or make run PYTHON=python3.12\n"
        "Else install one: apt-get install python3 (Debian 12, Ubuntu 24.04 or newer), or from python.org."
    ).format(*OLDEST_PYTHON, *version[:2])


def missing_venv_message(missing: Sequence[str], version: Sequence[int]) -> str:
    """Say what to do about a Python that cannot make a virtual environment; nothing if it can."""
    if not missing:
        return ""
    return (
        "This Python comes without {}, which .venv is made with.\n"
        "On Debian and Ubuntu: apt-get install python3-venv (or python{}.{}-venv), as root or with sudo.\n"
        "On Fedora: dnf install python3-pip. Then give the same command again."
    ).format(" and ".join(missing), *version[:2])


def missing_venv_modules() -> List[str]:
    """Name the modules that making a virtual environment needs and this Python lacks."""
    return [name for name in ("venv", "ensurepip") if importlib.util.find_spec(name) is None]


def stamp_of(version: Sequence[int], *files: Path) -> str:
    """Sum up what an installation follows from: the version of Python and the bytes of the files."""
    digest = hashlib.sha256("{}.{}".format(*version[:2]).encode())
    for file in files:
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def made_by(venv: Path, version: Sequence[int]) -> bool:
    """Tell whether the environment was made at this place, by this version of Python, and holds pip."""
    try:
        lines = (venv / "pyvenv.cfg").read_text(encoding="utf-8").splitlines()
    except OSError:
        return False
    settings = dict([part.strip() for part in line.split("=", 1)] for line in lines if "=" in line)
    right_version = settings.get("version", "").split(".")[:2] == [str(number) for number in version[:2]]
    # Its scripts hold its full path: a checkout that was copied or moved would run the old place's code.
    return right_version and settings.get("command", "").endswith(str(venv)) and command_in(venv, "pip").exists()


def command_in(venv: Path, name: str) -> Path:
    """Find a command of the environment."""
    return venv / "Scripts" / (name + ".exe") if WINDOWS else venv / "bin" / name


def stamp_file(venv: Path, lock: str) -> Path:
    """Name the file that says for what the lock was last installed."""
    return venv / ("installed-" + lock)


def is_installed(venv: Path, lock: str, stamp: str) -> bool:
    """Tell whether the lock was installed for exactly this stamp."""
    file = stamp_file(venv, lock)
    return file.exists() and file.read_text(encoding="utf-8") == stamp


def prepare(lock: str) -> None:
    """Make .venv hold what the lock says, doing nothing if it does already."""
    # The lock for developers holds everything of the other, in the same versions.
    enough = [lock] if lock == DEV_LOCK else [lock, DEV_LOCK]
    stamps = {name: stamp_of(sys.version_info, ROOT / "pyproject.toml", ROOT / name) for name in enough}
    sound = made_by(VENV, sys.version_info)
    if sound and any(is_installed(VENV, name, stamp) for name, stamp in stamps.items()):
        return
    if not sound:
        make_venv()
    print(f"Installing what {lock} lists into .venv ...", flush=True)
    # The lock names everything; left to look for itself, pip takes a newer release wherever an extra is asked for.
    pip_install("--no-deps", "--require-hashes", "-r", lock)
    # The build backend comes from the lock too, so nothing is downloaded without a hash.
    pip_install("--no-deps", "--no-build-isolation", "-e", ".")
    stamp_file(VENV, lock).write_text(stamps[lock], encoding="utf-8")


def make_venv() -> None:
    """Make .venv from nothing."""
    message = missing_venv_message(missing_venv_modules(), sys.version_info)
    if message:
        raise Stop(message)
    if VENV.exists():
        print("Making .venv again: another Python or another folder made it.", flush=True)
        remove(VENV)
    if call([sys.executable, "-m", "venv", VENV]) != 0:
        remove(VENV)
        raise Stop("Making .venv failed. " + missing_venv_message(["a working venv"], sys.version_info))


def pip_install(*arguments: str) -> None:
    """Install with the environment's pip, which speaks up only if something is wrong."""
    # A user's own "install into my home folder" would make pip refuse to work inside .venv.
    environment = dict(os.environ, PIP_USER="0", PIP_DISABLE_PIP_VERSION_CHECK="1")
    command = [str(command_in(VENV, "python")), "-m", "pip", "install", "--quiet", "--no-input", *arguments]
    if subprocess.call(command, cwd=str(ROOT), env=environment) != 0:
        raise Stop("Installing failed; the lines above say why. Without a network, only an installed .venv works.")


def call(command: Sequence[object]) -> int:
    """Run a command in the checkout and return its exit status."""
    return subprocess.call([str(part) for part in command], cwd=str(ROOT))


def tool(name: str, *arguments: str) -> int:
    """Run a command of the environment."""
    return call([command_in(VENV, name), *arguments])


def module(name: str, *arguments: str) -> int:
    """Run a module with the environment's Python."""
    return call([command_in(VENV, "python"), "-m", name, *arguments])


def remove(path: Path) -> None:
    """Delete a file or folder that may be absent."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(str(path))
    elif path.exists() or path.is_symlink():
        path.unlink()


def run_all(steps: Sequence[Tuple[str, Callable[[], int]]]) -> int:
    """Run every step, also after one that failed, and end with one line that says which failed."""
    failed = []
    for name, step in steps:
        print("── " + name, flush=True)
        if step() != 0:
            failed.append(name)
    print("── " + ("not good: " + ", ".join(failed) if failed else "all good: " + ", ".join(name for name, _ in steps)))
    return 1 if failed else 0


def style_steps() -> List[Tuple[str, Callable[[], int]]]:
    """List the checks that only read the code."""
    return [
        ("ruff check", lambda: tool("ruff", "check", "--quiet", ".")),
        ("ruff format", lambda: tool("ruff", "format", "--quiet", "--check", ".")),
        ("mypy", lambda: tool("mypy")),
    ]


def run(arguments: List[str]) -> int:
    """Start the app; arguments go to `quizapp serve`."""
    prepare(RUN_LOCK)
    command = [str(command_in(VENV, "quizapp")), "serve", *arguments]
    os.chdir(str(ROOT))
    if WINDOWS:
        return call(command)
    # The app takes this process over, so that signals reach it.
    os.execv(command[0], command)
    return 1  # not reached


def test(arguments: List[str]) -> int:
    """Check style and types, then run all tests but the long ones; arguments go to pytest."""
    prepare(DEV_LOCK)
    # One more than there are processors: browsers, servers and databases are waited for.
    workers = ["-n", str(min(4, (os.cpu_count() or 1) + 1)), "--dist", "worksteal"]
    keep_databases_in_memory()
    return run_all([*style_steps(), ("pytest", lambda: tool("pytest", *workers, *arguments))])


def keep_databases_in_memory() -> None:
    """Let tests put their files into memory where the system offers it: they wait for the disk at every commit."""
    memory = Path("/dev/shm")  # noqa: S108 - folders with names of their own are made in it
    if "TMPDIR" not in os.environ and memory.is_dir() and shutil.disk_usage(memory).free > ROOM_FOR_TESTS:
        os.environ["TMPDIR"] = str(memory)


def coverage(arguments: List[str]) -> int:
    """Run the tests and say which lines and branches none of them reached; arguments go to pytest."""
    prepare(DEV_LOCK)
    return tool("pytest", "-n", "auto", "--cov", "--cov-report", "term", *arguments)


def test_long(arguments: List[str]) -> int:
    """Run only the tests that take minutes; arguments go to pytest."""
    prepare(DEV_LOCK)
    return tool("pytest", "-m", "long", *arguments)


def lint(arguments: List[str]) -> int:
    """Check style, types and layers without running a test; --fix mends what can be mended first."""
    prepare(DEV_LOCK)
    if "--fix" in arguments:
        tool("ruff", "check", "--quiet", "--fix", ".")
        tool("ruff", "format", "--quiet", ".")
    return run_all([*style_steps(), ("layers", lambda: tool("lint-imports", "--no-cache"))])


def lock(arguments: List[str]) -> int:
    """Write both lock files anew from pyproject.toml; --upgrade takes newer versions."""
    prepare(DEV_LOCK)
    shape = ["--universal", "--python-version", "3.11", "--generate-hashes"]
    silence = ["--quiet", "--no-header", "--no-annotate", "--no-emit-index-url"]
    for name, content in ((RUN_LOCK, ["--group", "build"]), (DEV_LOCK, ["--group", "dev", "--constraints", RUN_LOCK])):
        status = tool("uv", "pip", "compile", *shape, *silence, *content, *arguments, "-o", name, "pyproject.toml")
        if status != 0:
            return status
    return 0


def bench(arguments: List[str]) -> int:
    """Measure how fast the app answers."""
    prepare(DEV_LOCK)
    return module("tests.benchmarks", *arguments)


def screenshots(arguments: List[str]) -> int:
    """Take a picture of every page, with a real Chromium."""
    prepare(DEV_LOCK)
    return module("tests.browser.screenshots", *arguments)


def clean(arguments: List[str]) -> int:
    """Delete .venv and everything else that tools made; instance/ is left alone."""
    for name in BUILT + CACHES:
        remove(ROOT / name)
    for folder in ("quizapp", "tests"):
        for cache in list((ROOT / folder).rglob("__pycache__")):
            remove(cache)
    return 0


def show_help(arguments: List[str]) -> int:
    """Show this list."""
    print("Usage: python3 dev.py COMMAND [ARGUMENTS]     (on Windows: py dev.py COMMAND)\n")
    for name, command in COMMANDS.items():
        print(f"  {name:12} {command.__doc__}")
    return 0


COMMANDS: Dict[str, Callable[[List[str]], int]] = {
    "run": run,
    "test": test,
    "test-long": test_long,
    "coverage": coverage,
    "lint": lint,
    "lock": lock,
    "bench": bench,
    "screenshots": screenshots,
    "clean": clean,
    "help": show_help,
}


def main(arguments: List[str]) -> int:
    """Do what the first argument says with the others."""
    name = arguments[0] if arguments else "help"
    if name not in COMMANDS:
        show_help([])
        raise Stop(f"\nThere is no command {name!r}.")
    message = "" if name in ("help", "clean") else old_python_message(sys.version_info)
    if message:
        raise Stop(message)
    return COMMANDS[name](arguments[1:])


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Stop as stop:
        print(stop, file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
