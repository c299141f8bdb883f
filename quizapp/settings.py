"""What an installation may change, read once from the environment into a frozen value."""

import os
import secrets
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

PACKAGE = Path(__file__).resolve().parent
CHECKOUT = PACKAGE.parent
DATABASE_FILE = "quizapp.sqlite3"
MAIL_FOLDER = "mail"
MAIL_SENDER = "quizapp <quizapp@localhost>"
SECRET_KEY_FILE = "secret-key"  # noqa: S105 - the name of a file, not a secret


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one installation; the README lists the variable behind each."""

    instance: Path
    questions: Path
    database: str = field(repr=False)  # its URL may hold a password
    secret_key: str = field(default="", repr=False)
    url: str = ""
    """The address people open; empty: the one this machine serves. https makes cookies Secure and is kept to (HSTS)."""
    proxies: int = 0
    """How many proxies stand in front and say whose request they pass on."""
    mail: str = field(default="", repr=False)
    """Where mail goes: file:///FOLDER, smtp://… or smtps://…; empty: files in the instance folder."""
    mail_sender: str = MAIL_SENDER

    @property
    def mail_url(self) -> str:
        """Where mail goes, with its default."""
        return self.mail or (self.instance / MAIL_FOLDER).as_uri()

    @property
    def is_secure(self) -> bool:
        """Whether the site is reached over TLS alone."""
        return self.url.startswith("https://")

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> "Settings":
        """Read the variables that the README lists; all have defaults. Raises ValueError for what cannot be."""
        instance = Path(environ.get("QUIZAPP_INSTANCE") or _default_instance(environ)).expanduser().resolve()
        if "?" in str(instance):
            raise ValueError("QUIZAPP_INSTANCE must not hold a question mark: a database URL would end there.")
        if environ.get("QUIZAPP_MAIL", "").startswith("smtp") and not environ.get("QUIZAPP_URL"):
            raise ValueError("QUIZAPP_MAIL names a server, so QUIZAPP_URL must say where the links in mails lead.")
        questions = Path(environ.get("QUIZAPP_QUESTIONS") or _default_questions()).expanduser().resolve()
        return cls(
            instance=instance,
            questions=questions,
            database=environ.get("QUIZAPP_DATABASE") or f"sqlite:///{instance / DATABASE_FILE}",
            secret_key=environ.get("QUIZAPP_SECRET_KEY", ""),
            url=_checked_url(environ.get("QUIZAPP_URL", "")),
            proxies=_checked_number(environ.get("QUIZAPP_PROXIES") or "0"),
            mail=environ.get("QUIZAPP_MAIL", ""),
            mail_sender=environ.get("QUIZAPP_MAIL_SENDER") or MAIL_SENDER,
        )


def secret_key_of(settings: Settings) -> str:
    """Return the key that signs cookies, making one in the instance folder the first time.

    The file is readable by its owner only and appears whole or not at all, so that two processes that start at once
    agree on one key. Raises ValueError when the file is empty: nothing could be signed with that.
    """
    if settings.secret_key:
        return settings.secret_key
    path = settings.instance / SECRET_KEY_FILE
    if not path.exists():
        settings.instance.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{SECRET_KEY_FILE}.{secrets.token_hex(4)}")
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_hex(32))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass  # another process was first; its key is read below
        except OSError:
            draft.replace(path)  # a file system without hard links
        draft.unlink(missing_ok=True)
    key = path.read_text().strip()
    if not key:
        raise ValueError(f"The secret key in {path} is empty; delete the file, and a new key is made.")
    return key


def _checked_url(url: str) -> str:
    parts = urlsplit(url)
    if url and (parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.query):
        raise ValueError("QUIZAPP_URL must be an address like https://quiz.example.org, without a path.")
    return url.rstrip("/")


def _checked_number(text: str) -> int:
    if not text.isdecimal() or int(text) > 9:
        raise ValueError("QUIZAPP_PROXIES must be the number of proxies in front of the app, 0 to 9.")
    return int(text)


def _default_questions() -> Path:
    packaged = PACKAGE / "questions"
    return packaged if packaged.is_dir() else CHECKOUT / "questions"


def _default_instance(environ: Mapping[str, str]) -> Path:
    if (CHECKOUT / "pyproject.toml").is_file():
        return CHECKOUT / "instance"
    if sys.platform == "win32":
        return Path(environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "quizapp"
    return Path(environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "quizapp"
