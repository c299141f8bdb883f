"""What makes a password acceptable: long enough, and not one that everybody tries first."""

from functools import cache
from typing import Any

from flask import current_app
from flask_security import PasswordUtil
from flask_security.utils import verify_password

from quizapp.services.accounts import Account

SHORTEST, LONGEST = 8, 200
TOO_SHORT = f"Use at least {SHORTEST} characters; three or four words make a good one."
TOO_LONG = f"Use at most {LONGEST} characters."
TOO_COMMON = "This password is among the most used ones, which are tried first. Choose another."
TOO_NEAR = "Your password must not be your name."


class Passwords(PasswordUtil):
    """Checks a new password. Any characters are allowed; they are compared in one Unicode form (NFKD)."""

    def normalize(self, password: str) -> str:
        """Return the one form that a password is compared in, cut off where none can be so long.

        A letter can become eighteen in it, and hashing refuses what is far too long.
        """
        normal: str = super().normalize(password[: LONGEST + 1])
        return normal[: LONGEST + 1]

    def validate(self, password: str, is_register: bool, **known: Any) -> tuple[list[str] | None, str]:
        """Return what is wrong with a password, None where nothing is, and its normal form."""
        normal = self.normalize(password)
        problem = problem_with(normal, names_of(known))
        return ([problem] if problem else None), normal


def problem_with(password: str, names: tuple[str, ...] = ()) -> str:
    """Say what is wrong with a password in its normal form; empty where nothing is."""
    if len(password) < SHORTEST:
        return TOO_SHORT
    if len(password) > LONGEST:
        return TOO_LONG
    if password.casefold() in _common():
        return TOO_COMMON
    return TOO_NEAR if password.casefold() in (name.casefold() for name in names if name) else ""


def is_password_of(account: Account, typed: str) -> bool:
    """Say whether this is the password of an account, in whatever Unicode form it was typed."""
    return bool(account.password_hash) and verify_password(
        current_app.extensions["security"].password_util.normalize(typed), account.password_hash
    )


def names_of(known: dict[str, Any]) -> tuple[str, ...]:
    """Return the names that a password must not be: those of the form, or those of the account."""
    user = known.get("user")
    if user is not None:
        return (user.username or "", user.name, user.email)
    return tuple(str(known.get(name) or "") for name in ("username", "name", "email"))


@cache
def _common() -> frozenset[str]:
    from zxcvbn.frequency_lists import FREQUENCY_LISTS  # half a megabyte: only where somebody chooses a password

    return frozenset(word for word in FREQUENCY_LISTS["passwords"] if len(word) >= SHORTEST)
