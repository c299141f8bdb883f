"""Tests of reporting a problem from a question's feedback, from study and from a result, by forms alone."""

import re
from html import unescape

import pytest

from quizapp.domain.roles import Role
from quizapp.web.rate_limits import LIMITS
from tests.people import add_person, sign_in_as
from tests.web.conftest import text_of
from tests.web.studying import take as take_card

THANKS = "Thank you."


def forms_of(page):
    """Return where each report form of a page is sent to, and where it leads back to, by the form's id."""
    found = re.findall(
        r'<form id="(report[^"]*)" method="post" action="([^"]+)">.*?name="back" value="([^"]*)"', page.text
    )
    return {name: (action, unescape(back)) for name, action, back in found}


@pytest.fixture
def answered(visitor):
    """The address of a question that a guest has answered wrongly."""
    path = visitor.start()
    visitor.answer(path, right=False)
    return path


def test_an_open_question_has_no_form_and_cannot_be_reported(visitor):
    path = visitor.start()
    assert forms_of(visitor.get(path)) == {}
    assert visitor.post(path.replace("/quizzes", "/reports/quizzes"), kind="other").status_code == 404


def test_a_guest_reports_a_question_from_its_feedback_and_is_thanked_there(visitor, answered):
    page = visitor.get(answered)
    ((action, back),) = forms_of(page).values()
    chosen = re.search(r'<input type="radio" form="report-form" name="kind" value="([^"]+)" checked>', page.text)
    assert chosen[1] == "other", "sending it as it is is a report too"
    sent = visitor.post(action, kind=chosen[1], words="", back=back)
    assert (sent.status_code, sent.location) == (303, f"{answered}#report")
    told = text_of(visitor.get(answered))
    assert THANKS in told and "You reported a problem with this question" in told and "Nobody has settled it" in told
    assert "Not this one" in told, "the answer stands"
    assert THANKS not in text_of(visitor.get(answered))


def test_words_are_kept_and_a_second_report_changes_the_first(visitor, answered):
    ((action, back),) = forms_of(visitor.get(answered)).values()
    visitor.post(action, kind="unclear", words="Which\r\nboat?", back=back)
    page = visitor.get(answered)
    assert "“Which boat?”" in text_of(page)
    assert re.search(r'value="unclear" checked', page.text)
    visitor.post(action, kind="typo", words="It says bot.", back=back)
    assert "“It says bot.”" in text_of(visitor.get(answered)) and "Which boat" not in text_of(visitor.get(answered))


def test_what_cannot_be_taken_comes_back_with_the_reason_beside_it(visitor, answered):
    ((action, back),) = forms_of(visitor.get(answered)).values()
    for fields, place in (
        ({"kind": "other", "words": "x" * 1001}, "words"),
        ({"kind": "other", "words": "a\x00b"}, "words"),
        ({"kind": "nonsense", "words": "kept"}, "kind"),
    ):
        refused = visitor.post(action, back=back, **fields)
        assert refused.status_code == 422
        assert f'id="{place}-errors"' in refused.text and fields["words"].replace("\x00", "")[:4] in refused.text
    assert "Nobody has settled it" not in text_of(visitor.get(answered))


def test_a_result_tells_what_became_of_each_report(visitor, answered, runtime, new_visitor):
    result = visitor.play(answered)
    forms = forms_of(visitor.get(result))
    assert len(forms) == 5
    action, back = forms["report-2-form"]
    assert back == f"{result}#report-2"
    assert visitor.post(action, kind="typo", words="bot", back=back).location == back
    assert "Nobody has settled it yet" in text_of(visitor.get(result))
    with runtime.writing() as session:
        person = add_person(session, Role.INSTRUCTOR)
    instructor = new_visitor()
    sign_in_as(instructor.client, runtime, person)
    page = instructor.get("/studio/reports")
    assert "1 question reported" in text_of(page) and "“bot”" in text_of(page)
    (path,) = re.findall(r'action="(/studio/reports/\d+/settle)"', page.text)
    until = re.search(r'name="until" value="([^"]+)"', page.text)[1]
    done = instructor.post(path, until=until, verdict="Mended", word="It says boat now.")
    assert done.location == "/studio/reports"
    assert "No question is reported" in text_of(instructor.get(done.location))
    told = text_of(visitor.get(result))
    assert "What became of it, 1 May 2026: Mended. It says boat now." in told


def test_settling_can_be_undone_from_its_message_and_wants_a_verdict(visitor, answered, runtime, new_visitor):
    ((action, back),) = forms_of(visitor.get(answered)).values()
    visitor.post(action, kind="other", back=back)
    with runtime.writing() as session:
        person = add_person(session, Role.INSTRUCTOR)
    instructor = new_visitor()
    sign_in_as(instructor.client, runtime, person)
    page = instructor.get("/studio/reports")
    (path,) = re.findall(r'action="(/studio/reports/\d+/settle)"', page.text)
    until = re.search(r'name="until" value="([^"]+)"', page.text)[1]
    refused = instructor.post(path, until=until, word="kept", verdict="")
    assert refused.status_code == 422 and 'value="kept"' in refused.text and "-errors" in refused.text
    assert instructor.post(path, until="yesterday", verdict="Mended").status_code == 400
    instructor.post(path, until=until, verdict="No fault")
    page = instructor.get("/studio/reports")
    assert "Settled: No fault." in text_of(page)
    instructor.post(re.search(r'action="(/studio/steps/\d+/undo)"', page.text)[1], back="/studio/reports")
    assert "1 question reported" in text_of(instructor.get("/studio/reports"))
    assert "There was nothing left" not in text_of(instructor.get("/studio/reports"))


def test_an_answer_in_study_is_reported_from_its_feedback(visitor):
    for _ in range(30):
        sent = take_card(visitor, right=False)
        if "/study/reviews/" in (sent.location or ""):
            break
    address = sent.location.partition("#")[0]
    ((action, back),) = forms_of(visitor.get(address)).values()
    assert visitor.post(action, kind="unfair", back=back).location == f"{address}#report"
    assert "You reported a problem" in text_of(visitor.get(address))


def test_reports_lead_to_no_other_site_and_are_limited(visitor, answered):
    ((action, _),) = forms_of(visitor.get(answered)).values()
    assert visitor.post(action, kind="other", back="//evil.example").location == f"{answered}#report"
    assert {"reports.of_answer", "reports.of_review"} <= set(LIMITS)


def test_reports_cost_a_question_no_statement_and_a_result_one(visitor, answered, statements):
    result = visitor.play(answered)
    for address, count in ((answered, 2), (result, 3)):
        statements()
        visitor.get(address)
        assert len(statements()) == count
