"""A bank that somebody does not see is, for them, a bank that is not there: the same bytes, and none of its words."""

import re

import pytest
from sqlalchemy import func, select

from quizapp.database.bank_tables import BankRow, QuestionRevisionRow, QuestionRow, Visibility
from quizapp.database.memory_tables import ReviewRow
from quizapp.database.table import Table
from quizapp.domain.memory.session_plan import SessionKind
from tests.people import sign_in_as
from tests.services.studying import take
from tests.shelves import CANARY, SHELVED, leave, make_shelf, put
from tests.web.conftest import Visitor, mixed_up, text_of

MISSING = "nowhere"
assert len(MISSING) == len(SHELVED)  # so that pages of both have the same length
BANK_ARGUMENTS = {"name", "bank_name"}
ARGUMENTS = {"fact_name": f"{CANARY}-1", "type_name": "single_choice", "format_name": "gift"}
HIDDEN_FROM = ["visitor", "guest", "other", "former", "instructor"]
FIELDS = {"fact": f"{CANARY}-1", "seen_by": "public", "grade": "good", "length": "5", "stem": "What?"}


@pytest.fixture
def shelf(runtime):
    with runtime.writing() as session:
        return make_shelf(session)


@pytest.fixture
def opened(app, runtime, shelf):
    def open_as(name):
        visitor = Visitor(app.test_client(), runtime)
        if shelf[name] is not None:
            sign_in_as(visitor.client, runtime, shelf[name])
        visitor.get("/")
        return visitor

    return open_as


def paths(app, method, bank):
    """Return the address of every page about a bank."""
    adapter = app.url_map.bind("")
    rules = [
        rule
        for rule in app.url_map.iter_rules()
        if method in rule.methods and rule.arguments & BANK_ARGUMENTS - set(rule.defaults or {})
    ]
    found = set()
    for rule in rules:
        given = {name: bank if name in BANK_ARGUMENTS else ARGUMENTS.get(name) for name in rule.arguments}
        found.add(adapter.build(rule.endpoint, given | (rule.defaults or {}), method=method))
    return sorted(found)


def bytes_of(answer):
    """Return all of an answer but the name that was asked for and the token, which is new each time."""
    text = re.sub(r'(name="csrf_token"[^>]*value=)"[^"]*"', r"\1", answer.text)
    headers = {name: value for name, value in answer.headers if name not in ("Set-Cookie", "Content-Length")}
    return answer.status_code, headers, text.replace(SHELVED, MISSING)


def test_the_owner_finds_every_page_of_it(app, opened):
    owner = opened("owner")
    found = paths(app, "GET", SHELVED)
    assert len(found) >= 10
    for path in found:
        assert owner.get(path).status_code == 200, path


@pytest.mark.parametrize("name", HIDDEN_FROM)
def test_every_page_of_it_is_missing_in_the_same_bytes(app, opened, name):
    visitor = opened(name)
    for path in paths(app, "GET", SHELVED):
        hidden, missing = visitor.get(path), visitor.get(path.replace(SHELVED, MISSING))
        assert hidden.status_code == 404, (name, path)
        assert bytes_of(hidden) == bytes_of(missing), (name, path)
        assert CANARY not in hidden.text.replace(f"{CANARY}-1", "").lower()


@pytest.mark.parametrize("name", HIDDEN_FROM)
def test_every_form_to_it_is_refused_in_the_same_bytes_and_stores_nothing(app, opened, runtime, name):
    visitor = opened(name)
    forms = [(path, {}) for path in paths(app, "POST", SHELVED)]
    forms += [("/quizzes", {"bank": SHELVED}), ("/study", {"bank": SHELVED})]
    forms += [("/study", {"bank": SHELVED, "kind": "practice"}), ("/quizzes", {"bank": SHELVED, "kind": "pretest"})]
    assert len(forms) >= 9
    before = rows_in_all_tables(runtime)
    for path, fields in forms:
        sent = [
            visitor.post(path.replace(SHELVED, bank), **{**FIELDS, **fields, **({"bank": bank} if fields else {})})
            for bank in (SHELVED, MISSING)
        ]
        assert sent[0].status_code == 404, (name, path)
        assert bytes_of(sent[0]) == bytes_of(sent[1]), (name, path)
    assert rows_in_all_tables(runtime) == before


def rows_in_all_tables(runtime):
    with runtime.reading() as session:
        tables = Table.metadata.sorted_tables
        return {table.name: session.scalar(select(func.count()).select_from(table)) for table in tables}


@pytest.mark.parametrize("name", [*HIDDEN_FROM, "member"])
def test_no_other_page_holds_a_word_of_it(app, opened, name):
    visitor = opened(name)
    path = mixed_up(visitor)
    visitor.play(visitor.start("5"), wrong=(1, 2))
    plain = sorted(str(rule) for rule in app.url_map.iter_rules() if "GET" in rule.methods and not rule.arguments)
    about_harbour = [one.replace(f"{CANARY}-1", "catch-1") for one in paths(app, "GET", "harbour")]
    assert len(plain) >= 10
    for one in [*plain, *about_harbour, path, path.rsplit("/", 1)[0]]:
        answer = visitor.get(one)
        assert CANARY.encode() not in answer.data.lower() and SHELVED.encode() not in answer.data, (name, one)


@pytest.mark.parametrize("name", ["other", "former", "instructor"])
@pytest.mark.parametrize("fields", [{"grade": "good"}, {"text": "12 tons"}, {}])
def test_a_fact_of_it_sent_to_the_desk_of_all_banks_is_no_fact(opened, runtime, name, fields):
    with runtime.reading() as session:
        fact_id, revision_id = session.execute(
            select(QuestionRow.fact_id, QuestionRevisionRow.id)
            .join(QuestionRevisionRow, QuestionRevisionRow.question_id == QuestionRow.id)
            .join(BankRow, BankRow.id == QuestionRow.bank_id)
            .where(BankRow.name == SHELVED)
        ).first()
    visitor = opened(name)
    visitor.play(visitor.start("5"), wrong=(1, 2))
    sent = [
        visitor.post("/study/cards", fact=str(fact), revision=str(revision), **fields)
        for fact, revision in ((fact_id, revision_id), (99_999, 99_999))
    ]
    assert sent[0].status_code == 404
    assert bytes_of(sent[0]) == bytes_of(sent[1])


def test_a_word_of_it_is_found_where_it_is_seen(opened):
    assert CANARY in opened("owner").get("/").text.lower()


def pages_of_the_past(visitor, runtime, shelf):
    """Let the member take a quiz and study in the bank; return the addresses of what stays theirs."""
    first = visitor.start("5", bank=SHELVED)
    result = visitor.play(first, wrong=(1, 2, 3))
    running = visitor.start("5", bank=SHELVED)
    visitor.answer(running)
    pretest = visitor.post("/quizzes", bank=SHELVED, length="5", kind="pretest").location
    visitor.play(pretest)
    with runtime.writing() as session:
        take(session, shelf.member, bank=SHELVED, kind=SessionKind.STUDY)
        leave(session, shelf.class_id, shelf.member)
    return {"first": first, "result": result, "running": running, "pretest": pretest}


@pytest.fixture
def member(runtime, opened, shelf):
    with runtime.writing() as session:
        put(session, Visibility.CLASSES, shelf.owner)
    return opened("member")


def test_the_past_of_who_left_stays_and_no_link_of_it_leads_nowhere(member, runtime, shelf):
    found = pages_of_the_past(member, runtime, shelf)
    looked_at = [found["result"], found["first"], found["running"], found["running"][:-2] + "/finish", found["pretest"]]
    looked_at += ["/history", "/study", "/", "/study/log.csv"]
    links = set()
    for path in looked_at:
        page = member.get(path)
        assert page.status_code == 200, path
        links |= set(re.findall(r'(?:href|action|formaction)="(/[^"#]*)', page.text))
    for link in sorted(links):
        if not link.startswith("/static/") and not re.search(r"(theme|contrast|retry|/finish)$", link):
            answer = member.get(link)
            assert answer.status_code in (200, 302, 303, 405), link
    assert not [link for link in links if SHELVED in link or "retry" in link or "contrast" in link]


def test_what_a_response_in_study_came_to_stays_and_leads_back_to_the_study_day(member, runtime, clock, shelf):
    for _ in range(10):
        with runtime.writing() as session:
            turn = take(session, shelf.member, now=clock(), bank=SHELVED)
        if turn.snapshot is not None:
            break
        clock.advance(days=4)
    with runtime.writing() as session:
        review_id = session.scalar(select(func.max(ReviewRow.id)).where(ReviewRow.person_id == shelf.member.id))
        leave(session, shelf.class_id, shelf.member)
    page = member.get(f"/study/reviews/{review_id}")
    assert page.status_code == 200 and CANARY in page.text
    assert SHELVED not in page.text and 'href="/study"' in page.text
    assert "Undo" not in page.text and "Read it in context" not in page.text


def test_what_was_left_open_can_be_finished_and_tells_nothing_new(member, runtime, shelf):
    running = pages_of_the_past(member, runtime, shelf)["running"]
    attempt = running.rsplit("/", 1)[0]
    assert member.get(f"{attempt}/2").status_code == 404
    assert member.get(attempt).location == f"{attempt}/finish"
    page = member.get(f"{attempt}/finish")
    assert "not open to you any more" in text_of(page) and f"{attempt}/2" not in page.text
    assert member.post(f"{attempt}/finish").status_code == 303
    words = text_of(member.get(attempt.replace("quizzes", "results")))
    assert "1 of 5 right" in words and "4 not answered" in words and "All 1" in words
    assert "not open to you any more" in words
