"""Banks of one question for the rules of `bank check`: a case changes the one thing that its rule is about."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from quizapp.domain.facts.fact import Fact
from quizapp.domain.questions.bank_lint.registry import check_bank
from quizapp.domain.questions.question import Bank
from quizapp.domain.questions.question_types.question_type import Distractor
from quizapp.domain.questions.question_types.single_choice import SingleChoiceBody
from tests.factories import make_bank, make_claim, make_fact, make_question, make_source

Case = tuple[str, dict[str, Any]]
QUAY = make_claim("catch-weight", statement="Quay said that the ice would melt.")
UNION = make_claim("catch-weight", "fishers", statement="The fishers’ union said that the pay was late.")
TOLD = {"stem": "In the article, what did Quay say about the ice?", "explanation": "Quay said that it would melt."}


def choice(key: str, *wrong: str, **changes: Any) -> SingleChoiceBody:
    """A single choice whose wrong options each have a reason."""
    return SingleChoiceBody(key, tuple(Distractor(text, "It is right for another pier.") for text in wrong), **changes)


def asked(key: str, *wrong: str, stem: str = "In the article, what lay on the pier?", **changes: Any) -> dict[str, Any]:
    """A case that changes the options, and the stem if need be."""
    return {"question": {"stem": stem, "body": choice(key, *wrong), **changes}}


def stemmed(stem: str, **changes: Any) -> dict[str, Any]:
    """A case that changes the stem."""
    return {"question": {"stem": stem, **changes}}


def bank_of(
    fact: Fact | None = None,
    question: dict[str, Any] | None = None,
    source: dict[str, Any] | None = None,
    others: Sequence[Fact] = (),
) -> Bank:
    """A bank with one question on `fact`."""
    fact = fact or make_fact()
    given = {"speaker": fact.speaker, "status": fact.status, "body": choice("40 tons", "15 tons", "20 tons")}
    questions = (make_question(**given | (question or {})),)
    return replace(make_bank([fact, *others]), questions=questions, source=make_source(**source or {}))


def findings(bank: Bank | None = None, **changes: Any) -> set[str]:
    """The ids of the rules that a bank breaks."""
    return {finding.rule for finding in check_bank(bank or bank_of(**changes))}
