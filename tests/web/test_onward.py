import pytest

from quizapp.domain.results.attempt_kind import AttemptKind
from quizapp.web.onward import onward


@pytest.mark.parametrize(
    ("kind", "follows", "address"),
    [
        (AttemptKind.QUIZ, None, "/results/7"),
        (AttemptKind.QUIZ, 3, "/results/7"),
        (AttemptKind.PRETEST, None, "/reading/harbour?attempt=7"),
        (AttemptKind.FACT, 3, "/reading/harbour?attempt=3#fact-ice"),
        (AttemptKind.FACT, None, "/reading/harbour?attempt=7#fact-ice"),
        (AttemptKind.CONTRAST, 3, "/quizzes/3"),
        (AttemptKind.CONTRAST, None, "/history"),
    ],
)
def test_each_kind_of_attempt_leads_back_to_where_it_was_asked_for(app, kind, follows, address):
    with app.test_request_context():
        assert onward(kind, 7, follows, "harbour", "ice").address == address


@pytest.mark.parametrize(
    ("kind", "follows", "address"),
    [
        (AttemptKind.QUIZ, None, "/results/7"),
        (AttemptKind.PRETEST, None, "/history"),
        (AttemptKind.FACT, 3, "/history"),
        (AttemptKind.CONTRAST, 3, "/quizzes/3"),
    ],
)
def test_nothing_leads_into_an_article_that_is_not_open_any_more(app, kind, follows, address):
    with app.test_request_context():
        assert onward(kind, 7, follows, "harbour", "ice", is_open=False).address == address
