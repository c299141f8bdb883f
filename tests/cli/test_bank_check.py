import json

import pytest

from quizapp.cli.bank_folders import bank_folder
from quizapp.domain.questions.bank_from_facts import build_bank
from quizapp.domain.questions.bank_lint.registry import check_bank
from quizapp.domain.questions.bank_lint.rule import Severity
from tests.cli.conftest import BANK

ANSWER = '\n[[accepted]]\nrule = "{rule}"\nplace = "{place}"\nreason = "It has to be."\n'
UNDATED = """
title = "Ice"
summary = "On ice."
language = "en"
licence = "MIT"
[source]
id = "ice"
outlet = "The Quayside Times"
date = " "
language = "en"
paragraphs = 3
[[topic]]
id = "ice"
label = "Ice"
"""
FACT = """
[[fact]]
id = "thickness"
paragraph = 1
topic = "ice"
kind = "quantity"
statement = "Today the tragic ice is {30 inches} thick."
ask = "how thick is the tragic ice of the outer basin?"
value_of = "the thickness of the ice"
relation = "thickness"
"""


@pytest.fixture
def icy(questions):
    """A bank that breaks rules of both severities."""
    folder = questions / "icy"
    folder.mkdir()
    (folder / "bank.toml").write_text(UNDATED)
    (folder / "facts.toml").write_text(FACT)
    return folder


@pytest.fixture
def found(settings, icy):
    return check_bank(build_bank(bank_folder(settings.questions, "icy").fact_base()))


def failing(settings, name=BANK):
    """The exit status that a check of this bank has."""
    findings = check_bank(build_bank(bank_folder(settings.questions, name).fact_base()))
    return int(any(finding.severity is Severity.ERROR for finding in findings))


def last_line(said):
    return said.stdout.splitlines()[-1]


def test_a_check_fails_exactly_when_there_are_errors(run, settings):
    findings = check_bank(build_bank(bank_folder(settings.questions, BANK).fact_base()))
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    said = run("bank", "check", BANK, status=int(errors > 0)).stdout
    assert f"{errors} error" in said.splitlines()[-1]
    assert all(finding.advice in said for finding in findings if finding.severity is Severity.ERROR)


def test_an_error_fails_the_check_and_is_listed_first_with_its_places(run, found):
    said = run("bank", "check", "icy", status=1).stdout
    errors = [one for one in found if one.severity is Severity.ERROR]
    warnings = [one for one in found if one.severity is Severity.WARNING]
    assert errors
    assert warnings
    assert all(one.place in said and one.advice in said for one in errors)
    assert said.index(f"error   {errors[0].rule}") < said.index(f"warning {warnings[0].rule}")
    told = "" if len(errors) == 1 else "s"
    assert said.splitlines()[-1].startswith(f"{len(errors)} error{told}, ")


def test_the_tables_are_short_and_there(run, settings):
    said = run("bank", "check", BANK, status=failing(settings)).stdout
    for title in ("Guessing without the article", "Questions by speaker", "Questions by side", "Facts asked"):
        assert f"\n{title}\n" in said
    table = said[said.index("Facts asked") :].splitlines()
    assert table[1].split() == ["tier", "facts", "asked", "recalled", "recognised", "on", "a", "card", "in", "full"]
    assert max(map(len, said.splitlines())) <= 160


def test_a_long_list_of_warnings_is_cut_and_says_so(run, icy):
    facts = (FACT.replace('"thickness"', f'"thickness-{n}"').replace("30", str(n)) for n in range(20, 40))
    (icy / "facts.toml").write_text("".join(facts))
    said = run("bank", "check", "icy", status=1).stdout
    assert "more; --json lists them all." in said


def test_a_check_for_machines_holds_findings_guesses_balance_and_coverage(run, found):
    data = json.loads(run("bank", "check", "icy", "--json", status=1).stdout)
    assert (data["bank"], data["facts"]) == ("icy", 1)
    assert [(one["rule"], one["severity"], one["place"], one["detail"]) for one in data["findings"]] == [
        (one.rule, one.severity.value, one.place, one.detail) for one in found
    ]
    assert data["errors"] + data["warnings"] == len(data["findings"])
    assert {"habit", "questions", "score", "chance", "gives_away"} <= set(data["guesses"][0])
    assert data["coverage"][0]["fact"] == "thickness"
    assert "missing" in data["coverage"][0]
    assert data["speakers"][0]["share"] == 1
    assert {"sides", "tiers", "duplicates", "answered"} <= set(data)


def test_an_answered_warning_is_shown_with_its_reason_and_does_not_count(run, icy, found):
    warning = next(one for one in found if one.severity is Severity.WARNING)
    before = json.loads(run("bank", "check", "icy", "--json", status=1).stdout)["warnings"]
    (icy / "bank.toml").write_text(UNDATED + ANSWER.format(rule=warning.rule, place=warning.place))
    said = run("bank", "check", "icy", status=1)
    assert "accepted: It has to be." in said.stdout
    assert f"{before - 1} warning" in last_line(said)
    assert last_line(said).endswith(", 1 answered.")


def test_an_answer_that_answers_nothing_is_a_warning(run, icy):
    (icy / "bank.toml").write_text(UNDATED + ANSWER.format(rule="vague-terms", place="nowhere"))
    said = run("bank", "check", "icy", status=1).stdout
    assert "warning accepted-nothing (1)" in said
    assert "vague-terms nowhere" in said
