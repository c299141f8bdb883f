import pytest

from quizapp.web.rate_limits import LIMITS
from tests.web.conftest import text_of


@pytest.mark.parametrize("endpoint", LIMITS)
def test_every_limit_is_on_a_page_that_takes_forms(app, endpoint):
    methods = set().union(*(rule.methods for rule in app.url_map.iter_rules(endpoint)))
    assert "POST" in methods


def test_after_the_documented_number_the_answer_is_429_with_a_page_of_ours(visitor):
    visitor.get("/forgotten")
    statuses = [visitor.post("/forgotten", email="nobody@example.org").status_code for _ in range(21)]
    assert statuses == [200] * 20 + [429]
    answer = visitor.post("/forgotten", email="nobody@example.org")
    assert "Too many tries" in text_of(answer) and int(answer.headers["Retry-After"]) > 0
    assert visitor.get("/forgotten").status_code == 200


def test_another_address_is_counted_by_itself(visitor, new_visitor):
    visitor.get("/forgotten")
    for _ in range(21):
        visitor.post("/forgotten", email="x@example.org")
    other = new_visitor()
    other.client.environ_base["REMOTE_ADDR"] = "192.0.2.7"
    other.get("/forgotten")
    assert other.post("/forgotten", email="x@example.org").status_code == 200
