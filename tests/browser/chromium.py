"""Where this machine keeps its Chromium, and how it is started."""

import os
import shutil
from typing import Any

VARIABLE = "QUIZAPP_CHROMIUM"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
HINT = "No Chromium was found: apt-get install chromium, or name one in QUIZAPP_CHROMIUM."
QUIET = ("--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync")


def find_chromium() -> str | None:
    """Return the path of a Chromium; None if none is on this machine."""
    found = (shutil.which(name) for name in NAMES)
    return os.environ.get(VARIABLE) or next((path for path in found if path), None)


def launch_options() -> dict[str, Any]:
    """Return what Playwright's launch needs; its own browser download is not needed."""
    options: dict[str, Any] = {"args": list(QUIET)}
    path = find_chromium()
    if path:
        options["executable_path"] = path
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options["args"].append("--no-sandbox")  # Chromium refuses its sandbox to root
    return options
