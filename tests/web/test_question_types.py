"""Every type on the whole way: asked, answered rightly, wrongly and partly, sent back with what was typed, attacked."""

import json
import re
import shutil
from html import unescape
from urllib.parse import urlencode

import pytest

from quizapp.app import make_runtime
from quizapp.database.engine import opened_engine
from quizapp.domain.questions.question_types.registry import QUESTION_TYPES
from quizapp.domain.questions.question_types.short_answer import ALMOST
from quizapp.services.bank_transfer import load_bank
from tests.every_type import every_type_bank
from tests.factories import NOON
from tests.web.conftest import text_of

every_type = pytest.mark.parametrize("kind", QUESTION_TYPES)
GIVES_PARTIAL_CREDIT = ("multiple_choice", "cloze", "matching", "ordering")
TYPED = ("short_answer", "cloze")
FIELD = re.compile(r"<(?:input|select)\b[^>]*>")
VALUES = (
    "",
    " ",
    "0",
    "1",
    "2",
    "99",
    "-1",
    "yes",
    "true",
    "x" * 5_000,
    "\x00",
    "1\x00",
    "💣",
    "１",
    "NaN",
    "‮1",
    "<b>",
    "'",
)


@pytest.fixture(scope="module")
def template_database(template_database, tmp_path_factory):
    """The database that each test copies, with a bank that asks in every way."""
    path = tmp_path_factory.mktemp("every-type") / "template.sqlite3"
    shutil.copy(template_database, path)
    with opened_engine(f"sqlite:///{path}") as engine, make_runtime(engine).writing() as session:
        load_bank(session, every_type_bank(), NOON)
    return path


def named_fields(page: str) -> list[str]:
    """List the fields a learner fills in, as tags."""
    return [tag for tag in FIELD.findall(page) if 'name="response' in tag]


def names_in(page: str) -> set[str]:
    return {re.search(r'name="([^"]+)"', tag)[1] for tag in named_fields(page)}


def test_the_bank_asks_in_every_way():
    assert {question.type for question in every_type_bank().questions} == set(QUESTION_TYPES)


@every_type
def test_the_page_offers_exactly_the_fields_that_an_answer_needs(visitor, of_type, kind):
    for path in of_type(kind):
        offered = names_in(visitor.get(path).text)
        assert set(visitor.response(path)) <= offered
        assert set(visitor.response(path, right=False)) <= offered


@every_type
def test_a_right_answer_scores_one_and_says_so(visitor, of_type, kind):
    for path in of_type(kind):
        page = text_of(visitor.get(visitor.answer(path).location))
        assert visitor.question(path).score == 1
        assert "Right" in page and "Not this one" not in page and "not this one" not in page


@every_type
def test_a_wrong_answer_scores_nothing_and_shows_the_right_one(visitor, of_type, kind):
    for path in of_type(kind):
        page = text_of(visitor.get(visitor.answer(path, right=False).location))
        asked = visitor.question(path)
        assert asked.score == 0
        assert "Not this one" in page
        key = QUESTION_TYPES[kind].key(asked.snapshot.question.body)
        for text in [key] if isinstance(key, str) else key:
            assert (text if isinstance(text, str) else text[1]) in page


@pytest.mark.parametrize("kind", GIVES_PARTIAL_CREDIT)
def test_a_partly_right_answer_is_told_with_its_share(visitor, of_type, kind):
    path, form = next((path, form) for path in of_type(kind) if (form := visitor.partial_response(path)))
    visitor.get(path)
    page = text_of(visitor.get(visitor.post(path, **form).location))
    score = visitor.question(path).score
    assert 0 < score < 1
    assert f"Partly right {score * 100:.0f} %" in page


def test_no_other_type_gives_partial_credit(visitor, of_type):
    for kind in set(QUESTION_TYPES) - set(GIVES_PARTIAL_CREDIT):
        assert [visitor.partial_response(path) for path in of_type(kind)] == [None] * len(of_type(kind))


@every_type
def test_an_answered_question_takes_no_other_answer(visitor, of_type, kind):
    path = of_type(kind)[0]
    visitor.answer(path)
    words = text_of(visitor.get(visitor.post(path, **visitor.response(path, right=False)).location))
    assert "That first answer counts" in words
    assert visitor.question(path).score == 1


@every_type
def test_nothing_given_is_sent_back_and_not_stored(visitor, of_type, kind):
    path = of_type(kind)[0]
    visitor.get(path)
    answer = visitor.post(path)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text and "Answer first, or skip" in text_of(answer)
    assert visitor.question(path).response is None


@pytest.mark.parametrize(
    ("kind", "form"),
    [
        ("numeric", {"response": "10.000 or <so>"}),
        ("short_answer", {"response": 'a\x01 "quoted" <b>'}),
        ("cloze", {"response-1": 'a\x01 "quoted" <b>'}),
    ],
)
def test_what_was_typed_stands_in_the_field_when_it_comes_back(visitor, of_type, kind, form):
    path = of_type(kind)[0]
    visitor.get(path)
    answer = visitor.post(path, **form)
    assert answer.status_code == 422
    (name, typed), field = next(iter(form.items())), named_fields(answer.text)[0]
    assert f'name="{name}"' in field
    assert unescape(re.search(r'value="([^"]*)"', field)[1]) == typed
    assert 'aria-invalid="true"' in field and "problem" in re.search(r'aria-describedby="([^"]*)"', field)[1]


@pytest.mark.parametrize(("kind", "last"), [("matching", "99"), ("ordering", "1")])
def test_what_was_selected_is_still_selected_when_it_comes_back(visitor, of_type, kind, last):
    path = of_type(kind)[0]
    visitor.get(path)
    answer = visitor.post(path, **{"response-1": "1", "response-2": last})
    assert answer.status_code == 422
    assert answer.text.count(" selected>") == (2 if kind == "ordering" else 1)


@pytest.mark.parametrize("kind", TYPED)
def test_a_slip_is_pointed_out_once_and_the_second_try_is_graded(visitor, of_type, kind):
    path = of_type(kind)[-1]
    slip = {name: f"{text}x" for name, text in visitor.response(path).items()}
    visitor.get(path)
    page = visitor.post(path, **slip)
    assert page.status_code == 422
    alert = re.search(r'role="alert">(.*?)</p>', page.text, re.S)[1]
    assert ALMOST in alert
    assert all(f'value="{text}"' in page.text for text in slip.values())
    assert '<input type="hidden" name="again" value="yes">' in page.text
    assert visitor.question(path).response is None
    assert visitor.post(path, **slip, again="yes").status_code == 303
    assert visitor.question(path).score == 0


@pytest.mark.parametrize("kind", TYPED)
def test_a_slip_that_was_mended_scores_one(visitor, of_type, kind):
    path = of_type(kind)[-1]
    right = visitor.response(path)
    visitor.get(path)
    visitor.post(path, **{name: f"{text}x" for name, text in right.items()})
    assert visitor.post(path, **right, again="yes").status_code == 303
    assert visitor.question(path).score == 1


@pytest.mark.parametrize("kind", TYPED)
@pytest.mark.parametrize("before", ["", "a\x01"])
def test_sending_nothing_or_nonsense_first_does_not_use_up_the_second_try(visitor, of_type, kind, before):
    path = of_type(kind)[-1]
    right = visitor.response(path)
    visitor.get(path)
    page = visitor.post(path, **dict.fromkeys(right, before))
    assert page.status_code == 422
    assert 'name="again"' not in page.text
    page = visitor.post(path, **{name: f"{text}x" for name, text in right.items()})
    assert page.status_code == 422
    page = visitor.post(path, again="yes")
    assert 'name="again"' in page.text, "emptying the field does not give another second try"


@every_type
def test_every_field_has_an_accessible_name(visitor, of_type, kind):
    page = visitor.get(of_type(kind)[-1]).text
    for tag in named_fields(page):
        labelled = 'aria-label="' in tag or f'<label class="option">\n{tag}' in page or 'id="response"' in tag
        assert labelled, tag
        assert 'id="response"' not in tag or '<label for="response">' in page
    assert page.count("<legend><h1") == 1


@pytest.mark.parametrize("value", VALUES, ids=lambda value: ascii(value[:8]))
def test_hostile_forms_never_break_the_page_of_any_type(visitor, of_type, value):
    names = ["response", *(f"response-{number}" for number in range(-1, 12)), "response-x", "unknown", "response[]"]
    for kind in QUESTION_TYPES:
        path = of_type(kind)[0]
        visitor.get(path)
        for again in ({}, {"again": value}):
            answer = visitor.post(path, **dict.fromkeys(names, value), **again)
            assert answer.status_code in (303, 422), kind
        assert visitor.get(path).status_code == 200, kind


@every_type
def test_a_field_sent_many_times_counts_once(visitor, of_type, kind):
    path = of_type(kind)[0]
    visitor.get(path)
    fields = [("csrf_token", visitor.token), *visitor.response(path).items()]
    repeated = urlencode(fields + [(name, "nonsense") for name in visitor.response(path)] * 50)
    answer = visitor.client.post(path, data=repeated, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 303
    assert visitor.question(path).score == 1


@pytest.mark.parametrize("content_type", ["application/json", "text/plain", "multipart/form-data; boundary=x", "x"])
def test_what_is_no_form_is_refused_by_every_type(visitor, of_type, content_type):
    for kind in QUESTION_TYPES:
        path = of_type(kind)[0]
        visitor.get(path)
        body = json.dumps({"csrf_token": visitor.token, "response": ["1"], "response-1": {"a": 1}})
        assert visitor.client.post(path, data=body, content_type=content_type).status_code == 400, kind


@every_type
def test_a_page_before_the_answer_does_not_tell_the_right_one_from_the_others(visitor, of_type, kind):
    for path in of_type(kind):
        page = visitor.get(path).text
        snapshot = visitor.question(path).snapshot
        for mark in ("is-right", "is-wrong", "selected", "checked", snapshot.question.id, f'"{snapshot.fact.id}"'):
            assert mark not in page
        if kind in (*TYPED, "numeric"):
            asked = re.sub(r"\W+", " ", unescape(" ".join(re.findall(r"<fieldset.*</fieldset>", page, re.S))))
            key = QUESTION_TYPES[kind].key(snapshot.question.body)
            assert not [text for text in ([key] if isinstance(key, str) else key) if f" {text} " in asked]


def test_another_order_of_what_the_source_leaves_open_is_shown_as_right(visitor, of_type):
    (path,) = of_type("ordering")
    asked = visitor.question(path)
    place = {0: 1, 1: 3, 2: 2, 3: 4}  # the strike's place after the flood is left open
    visitor.get(path)
    visitor.post(path, **{f"response-{row.place}": str(place[row.index]) for row in asked.presented()})
    page = visitor.get(path).text
    assert visitor.question(path).score == 1
    assert "is-wrong" not in page
    assert "Your place 3, right too" in page


def test_the_result_tells_every_kind_of_answer_in_words(visitor, of_type):
    base = of_type("cloze")[0].rsplit("/", 1)[0]
    length = visitor.question(f"{base}/1").length
    result = visitor.play(f"{base}/1", wrong=tuple(range(1, length + 1)))
    page = text_of(visitor.get(result))
    for position in range(1, length + 1):
        asked = visitor.question(f"{base}/{position}")
        kind = QUESTION_TYPES[asked.snapshot.question.type]
        assert kind.response_text(asked.snapshot.question.body, asked.response) in page
        assert kind.answer_text(asked.snapshot.question.body) in page
