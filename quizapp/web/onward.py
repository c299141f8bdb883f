"""Where an attempt leads once its last question is answered."""

from dataclasses import dataclass

from flask import url_for

from quizapp.domain.results.attempt_kind import AttemptKind


@dataclass(frozen=True, slots=True)
class Onward:
    """An address and the words on the button that leads there."""

    address: str
    label: str


def onward(
    kind: AttemptKind, attempt_id: int, follows_id: int | None, bank_name: str, fact_id: str, is_open: bool = True
) -> Onward:
    """Say where to go after an attempt that asked about `fact_id` and follows from `follows_id`, if from any.

    Only a quiz has a result; what counts for nothing leads back to where it was asked for, unless that is an article
    that is not open to the learner any more.
    """
    if not is_open and kind in (AttemptKind.PRETEST, AttemptKind.FACT):
        return Onward(url_for("history.history"), "Back to your history")
    if kind is AttemptKind.PRETEST:
        return Onward(url_for("reading.page", name=bank_name, attempt=attempt_id), "Read the article")
    if kind is AttemptKind.FACT:
        return Onward(place_in_article(bank_name, fact_id, follows_id or attempt_id), "Back to the article")
    if kind is AttemptKind.CONTRAST and follows_id is not None:
        return Onward(url_for("quizzes.resume", attempt_id=follows_id), "Back to where you were")
    if kind is AttemptKind.CONTRAST:
        return Onward(url_for("history.history"), "Back to your history")
    return Onward(url_for("results.result", attempt_id=attempt_id), "See the result")


def place_in_article(bank_name: str, fact_id: str, attempt_id: int | None = None, mark: str | None = None) -> str:
    """Return the address of a fact on the reading page, with the marks of an attempt if one is given."""
    return url_for("reading.page", name=bank_name, attempt=attempt_id, mark=mark, _anchor=f"fact-{fact_id}")


def local_path(path: str) -> str:
    """Return `path` if it leads to this site, else nothing: a form must not send anybody elsewhere."""
    is_local = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if is_local else ""
