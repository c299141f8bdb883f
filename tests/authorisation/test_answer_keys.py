"""Nobody learns an answer before they gave theirs: words that stand in the answers alone are looked for everywhere."""

import re
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import select, update

from quizapp.database.bank_tables import BankRow, FactRow, QuestionRow, Visibility
from quizapp.database.studio_tables import Decision, DraftState
from quizapp.domain.questions.question_types.registry import QUESTION_TYPES, question_type
from quizapp.domain.results.attempt_kind import AttemptKind
from quizapp.domain.results.quiz_drawing import option_order
from quizapp.domain.roles import Role
from quizapp.services import quizzes
from quizapp.services.bank_transfer import load_bank
from quizapp.services.studio import questions
from quizapp.services.studio.drafts import begin_draft, decide, set_state
from quizapp.web.static_files import STATIC
from tests.authorisation.canaries import (
    ALL,
    BODIES,
    KINDS_OF_FACT,
    KINDS_OF_QUESTION,
    NAME,
    NUMBER,
    canary,
    canary_bank,
    found_in,
    of_type,
)
from tests.authorisation.crawling import crawl, everything_in
from tests.domain.questions.test_authored import DRAFT
from tests.factories import NOON
from tests.people import add_person, sign_in_as
from tests.players import response_to
from tests.waiting_drafts import text_of_boat
from tests.web.conftest import Visitor
from tests.web.studying import flipped, take, turn_behind

MEANT_TO_TELL = {
    "reading.page": "it is the article itself, retold: whoever takes a quiz may have read it, and many have",
    "study_facts.history": "it is the page of that fact, with what the article says",
    "study_data.anki": "they are flashcards to take along, and a flashcard has a back",
    "study_cards.card": "of a card that was turned: looking is how one studies, and the learner grades themselves",
}
"""The pages that tell facts on purpose, and why. What belongs to a question, even these tell to nobody beforehand."""

DRAFTED = "canaryofadraft"
STUDY = f"/study/cards/{NAME}"


@pytest.fixture
def learner(app, runtime):
    """A browser of a learner with a bank full of canaries; somebody else has answered all of it."""
    visitor = Visitor(app.test_client(), runtime)
    with runtime.writing() as session:
        load_bank(session, canary_bank(), NOON)
        visitor.actor, other = (add_person(session, name=name) for name in ("Ada", "Ben"))
        attempt_id = quizzes.start_attempt(session, other, NAME, None, 1, NOON)
        for position in quizzes.attempt_state(session, other, attempt_id).open_positions:
            asked = quizzes.asked_question(session, other, attempt_id, position)
            quizzes.respond(session, other, asked, asked.read(response_to(asked, False)).response, NOON)
    sign_in_as(visitor.client, runtime, visitor.actor)
    return visitor


@pytest.fixture
def started(learner, runtime):
    """The same browser, with a quiz and a pretest of every question in it that were not answered."""
    with runtime.writing() as session:
        learner.attempts = [
            quizzes.start_attempt(session, learner.actor, NAME, None, 2, NOON, kind)
            for kind in (AttemptKind.QUIZ, AttemptKind.PRETEST)
        ]
    return learner


def own_addresses(app, visitor):
    """Return every address of the URL map that can be opened, filled with what is the learner's own."""
    files = [path.relative_to(STATIC).as_posix() for path in STATIC.rglob("*") if path.is_file()]
    values = {
        "filename": files,
        "attempt_id": visitor.attempts,
        "position": range(1, len(BODIES) + 1),
        "fact_name": [f"fact-{name}" for name in BODIES],
        "type_name": list(BODIES),
        "name": [NAME],
        "bank_name": [NAME],
    }
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods:
            filled = [{}]
            for name in rule.arguments - set(rule.defaults or {}):
                filled = [{**one, name: value} for one in filled for value in values.get(name, [1])]
            yield from (rule.build(one | (rule.defaults or {}), append_unknown=False)[1] for one in filled)


def endpoint_of(app, address):
    parts = urlsplit(address)
    return app.url_map.bind("").match(parts.path)[0], parse_qs(parts.query)


def may_tell(endpoint, query):
    """Say which kinds of canaries a page may hold while nothing was answered."""
    if endpoint not in MEANT_TO_TELL or (endpoint == "study_cards.card" and "shown" not in query):
        return frozenset()
    return KINDS_OF_FACT


def test_there_is_a_question_of_every_type_and_no_word_twice():
    assert set(BODIES) == set(QUESTION_TYPES)
    words = [word for _, _, word in ALL]
    assert not [one for one in words for other in words if one != other and one in other]
    assert {kind for kind, _, _ in ALL} == KINDS_OF_FACT | KINDS_OF_QUESTION


def test_before_responding_nothing_that_can_be_reached_tells_an_answer(app, started):
    told, opened = {}, {}
    for page in crawl(started.client, ["/", *own_addresses(app, started)]):
        endpoint, query = endpoint_of(app, page.address) if page.status != 404 else ("", {})
        allowed = may_tell(endpoint, query)
        opened.setdefault(endpoint, []).append(page.address)
        hidden = found_in(page.text) - found_in(page.text, allowed)
        assert hidden == set(), f"{page.address} tells {sorted(hidden)}"
        if found_in(page.text, allowed):
            told.setdefault(endpoint, set()).update(found_in(page.text, allowed))
    assert set(told) == set(MEANT_TO_TELL)
    assert len(told["reading.page"]) == len(KINDS_OF_FACT) * len(BODIES)
    assert len(opened["quizzes.question"]) == 2 * len(BODIES)
    assert {"history.history", "study_data.log", "static", "study_forecast.show"} <= set(opened)
    print(f"{sum(map(len, opened.values()))} addresses opened, {len(ALL)} canaries")


@pytest.mark.parametrize("kind", [AttemptKind.QUIZ, AttemptKind.PRETEST])
def test_an_attempt_tells_of_what_was_answered_and_of_nothing_else(started, kind):
    attempt_id = started.attempts[kind is AttemptKind.PRETEST]
    answered = set()
    for position in range(1, len(BODIES) + 1):
        path = f"/quizzes/{attempt_id}/{position}"
        name = started.question(path).snapshot.question.type
        assert found_in(everything_in(started.get(path), started.client)) == set()
        posted = started.post(path, **started.response(path, right=False))
        assert found_in(everything_in(posted, started.client)) == set()
        told = found_in(everything_in(started.get(path), started.client))
        assert canary("explanation", name) in told and told <= of_type(name)
        answered |= told
        for address in ("/", "/history", "/study", f"/quizzes/{attempt_id}/finish", f"/results/{attempt_id}"):
            if position < len(BODIES):
                assert found_in(everything_in(started.get(address), started.client)) == set()
    assert {canary("explanation", name) for name in BODIES} <= answered


def test_a_result_that_is_finished_tells_what_was_left_open_too(started):
    attempt_id = started.attempts[0]
    started.get(f"/quizzes/{attempt_id}/finish")
    assert found_in(started.get(f"/results/{attempt_id}").text) == set()
    started.post(f"/quizzes/{attempt_id}/finish")
    told = found_in(started.get(f"/results/{attempt_id}").text)
    assert {canary("key", name) for name in ("short_answer", "cloze", "numeric")} <= told | {NUMBER}


def nearly(path, visitor):
    """Return answers that cannot be taken: nothing at all, and what is nearly right."""
    body = visitor.question(path).snapshot.question.body
    if hasattr(body, "answer"):
        return [{}, {"response": body.answer[:-3] + body.answer[-2:]}]
    if hasattr(body, "gaps"):
        return [{}, {f"response-{place}": gap.answer[:-3] + gap.answer[-2:] for place, gap in enumerate(body.gaps, 1)}]
    return [{}, {"response": "97", "response-1": "97"}]


def test_an_answer_that_cannot_be_taken_is_told_why_and_not_what_is_right(started):
    refused = 0
    for position in range(1, len(BODIES) + 1):
        path = f"/quizzes/{started.attempts[0]}/{position}"
        for form in nearly(path, started):
            started.get(path)
            answer = started.post(path, **form)
            if answer.status_code == 422:
                refused += 1
                assert found_in(everything_in(answer, started.client)) == set()
    assert refused >= len(BODIES)


_PARTS = (
    r'<label class="option.*?</label>',
    r'<li class="pair-row.*?</li>',
    r'<option value="\d+">.*?</option>',
)


def test_what_is_on_offer_differs_in_its_words_and_its_place_alone(started):
    compared = {}
    for position in range(1, len(BODIES) + 1):
        path = f"/quizzes/{started.attempts[0]}/{position}"
        question = started.question(path).snapshot.question
        page = started.get(path).text
        texts = sorted([*question_type(question.type).options(question.body), "north", "south", "east"], key=len)
        for pattern in _PARTS:
            rows = [one for one in re.findall(pattern, page, re.DOTALL) if "Choose</option>" not in one]
            plain = {
                re.sub("|".join(map(re.escape, reversed(texts))) + r"|\d+|[Tt]rue|[Ff]alse", "·", row) for row in rows
            }
            assert len(plain) <= 1, f"{question.type}: {plain}"
            compared[question.type] = compared.get(question.type, 0) + len(rows)
    assert compared["single_choice"] == 4 and compared["multiple_choice"] == 5 and compared["true_false"] == 2
    assert compared["matching"] > 3 and compared["ordering"] > 3


def test_what_is_posted_names_places_and_never_what_stands_there(started):
    for position in range(1, len(BODIES) + 1):
        path = f"/quizzes/{started.attempts[0]}/{position}"
        question = started.question(path).snapshot.question
        form = re.search(r"<fieldset.*?</fieldset>", started.get(path).text, re.DOTALL)[0]
        values = set(re.findall(r'value="([^"]*)"', form))
        expected = {"true", "false"} if question.type == "true_false" else {"", "yes", *"123456789"}
        assert values <= expected, question.type


def test_a_study_session_shows_no_answer_before_it_was_given(learner):
    seen = set()
    for number in range(12):
        page = learner.get(STUDY)
        if 'data-study="finished"' in page.text:
            break
        turn = turn_behind(learner, STUDY)
        assert found_in(everything_in(page, learner.client)) == set(), turn.fact.id
        if turn.snapshot is None:
            assert canary("value", turn.fact.id.removeprefix("fact-")) in flipped(learner, STUDY).text
        seen.add("card" if turn.snapshot is None else turn.snapshot.question.type)
        answer = take(learner, right=number % 2 == 0, address=STUDY, **{"X-Next-Card": "yes"})
        assert found_in(everything_in(answer, learner.client)) == set()
    assert "card" in seen and len(seen) > 1


def test_an_export_holds_facts_and_nothing_of_the_questions(learner):
    package = everything_in(learner.client.get(f"/study/anki/{NAME}.apkg"), learner.client)
    assert len(found_in(package, KINDS_OF_FACT)) == len(KINDS_OF_FACT) * len(BODIES)
    assert found_in(package, KINDS_OF_QUESTION) == set()
    take(learner, address=STUDY)
    log = learner.client.get("/study/log.csv")
    assert log.data.count(b"\n") == 2 and found_in(everything_in(log, learner.client)) == set()


@pytest.fixture
def drafted(started, runtime):
    """The same, and a question that an instructor wrote and asks no more, a fact that left its file, and a draft."""
    with runtime.writing() as session:
        author = add_person(session, Role.INSTRUCTOR, "Cy")
        draft = replace(DRAFT, line=f"The report gives 70 tons, {DRAFTED}.", stem=f"What is {DRAFTED}?")
        one = questions.add_question(session, author, NAME, draft, "own-1", NOON)
        questions.set_retired(session, author, one, True, NOON)
        hidden = replace(canary_bank("hidden"), title=f"A bank of {DRAFTED}", summary=DRAFTED)
        load_bank(session, hidden, NOON)
        bank = session.scalars(select(BankRow).where(BankRow.name == "hidden")).one()
        bank.owner_id, bank.visibility = author.id, Visibility.PRIVATE
        started.drafts = [one, *session.scalars(select(QuestionRow.id).where(QuestionRow.bank_id == bank.id))]
        session.execute(update(FactRow).where(FactRow.name == "fact-cloze").values(retired_at=NOON))
        for stands in DraftState:
            for name in (NAME, "hidden"):
                _draft(session, author, name, stands)
    return started


def _draft(session, author, bank, stands):
    """Let a draft stand in a state, with the canary in all that was typed and said of it."""
    word = {"stem": f"In the report, what is {DRAFTED}?", "explanation": DRAFTED, "note": DRAFTED}
    text = text_of_boat(1, body={"answer": DRAFTED, "accepted": []}, **word)
    stored = begin_draft(session, author, bank, text, f"{DRAFTED}-{stands}", NOON)
    set_state(session, stored.id, stands, NOON)
    decide(session, author, stored.id, Decision.REJECTED, NOON, DRAFTED)


def test_no_learner_meets_a_draft(app, drafted):
    seeds = [f"/questions/{one}/edit" for one in drafted.drafts]
    seeds += [address.replace(NAME, "hidden") for address in own_addresses(app, drafted)]
    seeds += [f"/{path}/{one}" for path in ("studio/review", "questions/drafts") for one in range(1, 11)]
    for page in crawl(drafted.client, ["/", *own_addresses(app, drafted), *seeds]):
        assert DRAFTED not in page.text, page.address
        assert page.status == 404 or "hidden" not in page.address, page.address


CHI_SQUARE_AT_1_PERCENT = {1: 6.635, 2: 9.210, 3: 11.345, 4: 13.277, 5: 15.086}
DRAWN = 2_000


def places_of_the_key(type_name, number):
    """Return where the right option stands (for several rows: the one of the first row), and among how many."""
    body = BODIES[type_name]
    shown = question_type(type_name).present(body, option_order(number, 1))
    rows = shown.choices if hasattr(shown, "choices") else shown
    return next(row.place for row in rows if row.index == 0), len(rows)


@pytest.mark.parametrize("type_name", ["single_choice", "multiple_choice", "matching", "ordering"])
def test_the_right_option_stands_at_every_place_equally_often(type_name):
    counts = {}
    for seed in range(DRAWN):
        place, places = places_of_the_key(type_name, seed)
        counts[place] = counts.get(place, 0) + 1
    expected = DRAWN / places
    chi_square = sum((counts.get(place, 0) - expected) ** 2 / expected for place in range(1, places + 1))
    assert chi_square < CHI_SQUARE_AT_1_PERCENT[places - 1]
