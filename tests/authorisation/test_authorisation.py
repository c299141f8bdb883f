"""The matrix: everybody asks for everything and gets what the policies say, or the page of what is missing."""

import pytest

from quizapp.domain.roles import PERMISSIONS, Permission
from quizapp.web.access import POLICIES, Relation
from tests.authorisation.asking import Question, cells, questions, url_map
from tests.authorisation.expected import edits_bank, sees_bank
from tests.authorisation.house import Answer, House
from tests.authorisation.things import NOTHING, OBJECTS, Thing
from tests.authorisation.world import ANONYMOUS, BANKS, PRINCIPALS, STUDIES, SUSPENDED, Principal, draft_canary

FEWEST_CELLS = 600
NOWHERE = "/no/such/page"
ROWS = list(questions())
WRITES = PERMISSIONS[Permission.WRITE_QUESTIONS]
AMONG_COLLEAGUES = frozenset(
    {Relation.BANK_EDITED, Relation.QUESTION_EDITED, Relation.DRAFT_EDITED, Relation.STEP_UNDONE}
)


def test_every_rule_has_a_policy_and_parameters_that_can_be_filled():
    rules = list(url_map().iter_rules())
    assert [rule.endpoint for rule in rules if rule.endpoint not in POLICIES] == []
    assert {name for rule in rules for name in rule.arguments - set(rule.defaults or {})} <= set(OBJECTS)


def test_the_matrix_is_as_large_as_the_app(house, record_property):
    count = sum(1 for row in ROWS for _ in cells(row, house.world))
    allowed = sum(row.is_allowed(who, thing) for row in ROWS for who, thing in cells(row, house.world))
    print(f"{count} cells in {len(ROWS)} rows: {allowed} allowed, {count - allowed} refused")
    record_property("cells", count)
    assert count >= FEWEST_CELLS
    assert 0 < allowed < count


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_nobody_gets_what_is_not_theirs(house, row):
    found = [
        f"{who.name} / {thing.state}: {problem}"
        for who, thing in cells(row, house.world)
        for problem in problems(house, row, who, thing)
    ]
    if found:
        pytest.fail(f"{len(found)} leaks:\n" + "\n".join(found), pytrace=False)


def problems(house: House, row: Question, who: Principal, thing: Thing) -> list[str]:
    """Say what is wrong with a cell."""
    answer = house.ask(who, row.method, row.path(thing), row.form(house.world, who, thing))
    found = [f"answers {answer.status}"] if answer.status >= 500 else []
    if row.is_allowed(who, thing):
        if answer.status in (401, 403, 404, 405):
            found.append(f"is refused what is theirs: {answer.status}")
        return found + named(who, answer, row)
    if answer.wrote:
        found.append(f"wrote what is not theirs: {answer.wrote[0]}")
    if not is_refusal(house, row, who, answer):
        found.append(f"{answer.status}, not the answer to what is missing")
    return found


def is_refusal(house: House, row: Question, who: Principal, answer: Answer) -> bool:
    """Say whether somebody is told the same as of what is missing: to the byte where there is something to miss."""
    if row.policy is not None and row.policy.asks_to_sign_in and row.method == "GET":
        return answer.status == 302 and answer.location.startswith("/sign-in?next=/")
    if (who, row) not in house.refusals:
        missing = next((thing for one, thing in cells(row, house.world) if one == who and not thing.there), None)
        asked = (NOWHERE, {}) if missing is None else (row.path(missing), row.form(house.world, who, missing))
        house.refusals[who, row] = house.ask(who, row.method, *asked)
    told = house.refusals[who, row]
    if row.kind == NOTHING:  # the role alone decides: what stands around the message may say who is signed in
        return (answer.status, answer.message) == (404, told.message)
    return answer.same == told.same and (answer.status == 404 or row.carried is not None)


def named(who: Principal, answer: Answer, row: Question) -> list[str]:
    """Say which banks, people and drafts a page tells of that this person must not know of.

    Where people work on one bank, they are told which of their colleagues did what.
    """
    text = f"{answer.body.decode('utf-8', 'replace')} {answer.location}"
    known = ANONYMOUS if who.name == SUSPENDED else who
    remembered = (*STUDIES, "teacher", "admin")  # they took a quiz on the retired bank, own it, or look after all
    hidden = [bank for bank in BANKS if not sees_bank(known, bank) and not (bank.retired and known.name in remembered)]
    words = [word for bank in hidden for word in (bank.title, f"the last catch of {bank.name}.")]
    words += [draft_canary(bank.name) for bank in BANKS if not (known.role in WRITES and edits_bank(known, bank))]
    if known.role != "admin":
        told = row.policy is not None and row.policy.relation in AMONG_COLLEAGUES
        hidden_people = [one for one in PRINCIPALS if one != known and not (told and one.role in WRITES)]
        words += [f"Name of {one.name}" for one in hidden_people]
    if not known.teaches and known.role != "admin":
        words += [f"Roster name of {one.name}<" for one in PRINCIPALS if one.attends and one != known]
    return [f"names “{word}”" for word in words if word in text]
