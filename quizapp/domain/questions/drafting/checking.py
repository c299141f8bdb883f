"""What the rules of `bank check` say about several drafts at once, as fast as a person types."""

from collections.abc import Sequence
from dataclasses import replace

from quizapp.domain.facts.quantities import fold
from quizapp.domain.questions.authored import Authored
from quizapp.domain.questions.bank_lint.near_duplicates import ALIKE
from quizapp.domain.questions.bank_lint.reading import bare_stem, content_words
from quizapp.domain.questions.bank_lint.registry import check_bank
from quizapp.domain.questions.bank_lint.rule import Finding
from quizapp.domain.questions.question import Bank, Question


def findings_on_all(drafts: Sequence[Authored], bank: Bank) -> list[list[Finding]]:
    """Return for each draft what `findings_on` would; all of them test one fact.

    The rules look at a question and its facts, except for near duplicates: for those the bank's questions that could
    be any are looked at too.
    """
    if not drafts:
        return []
    fact = drafts[0].fact
    facts = (*(one for one in bank.facts if one.id != fact.id), fact)
    own = {one.question.id for one in drafts}
    alike = [
        question
        for question in bank.questions
        if question.id not in own and any(_may_be_alike(question, one.question) for one in drafts)
    ]
    small = replace(bank, facts=facts, questions=(*alike, *(one.question for one in drafts)))
    found = check_bank(small)
    about = [{one.question.id} if one.known else {one.question.id, one.fact.id} for one in drafts]
    return [[finding for finding in found if finding.place in places] for places in about]


def _may_be_alike(one: Question, other: Question) -> bool:
    if one.fact == other.fact or fold(bare_stem(one)) == fold(bare_stem(other)):
        return True
    words, others = content_words(bare_stem(one)), content_words(bare_stem(other))
    return bool(words and others) and len(words & others) >= ALIKE * len(words | others)
