import re

import pytest

from tests.web.conftest import text_of
from tests.web.studying import CARDS, buttons_of, flipped, take

SETTINGS = "/study/settings"


def sent_of(page: str) -> dict[str, str]:
    """Return what the form posts as it stands."""
    fields = dict(re.findall(r'<input class="input"[^>]* name="([^"]+)"[^>]* value="([^"]*)"', page))
    for select in re.findall(r"<select.*?</select>", page, re.S):
        name = re.search(r'name="([^"]+)"', select)[1]
        fields[name] = re.search(r'<option selected value="([^"]*)"', select)[1]
    return fields


def keep(visitor, **changes):
    page = visitor.get(SETTINGS).text
    return visitor.post(SETTINGS, **sent_of(page) | changes)


def test_the_form_shows_what_is_in_force_and_keeps_what_is_changed(visitor):
    answer = keep(visitor, limit_amount="7", limit_kind="cards", sunday="0", four_buttons="y")
    assert (answer.status_code, answer.location) == (303, "/study")
    page = visitor.get(SETTINGS).text
    assert sent_of(page) | {"limit_amount": "7", "limit_kind": "cards", "sunday": "0"} == sent_of(page)
    assert "checked" in re.search(r'<input[^>]*name="four_buttons"[^>]*>', page)[0]
    assert len(buttons_of(flipped(visitor).text)) == 4


def test_a_break_moves_what_was_due_in_it_and_says_so(visitor):
    for _ in range(5):
        take(visitor)
    keep(visitor, off_from="2026-05-02", off_until="2026-05-08")
    page = text_of(visitor.get("/study"))
    assert "5 due in your break were moved: 0 before it, 5 after it." in page


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("limit_amount", "", "Write a whole number."),
        ("limit_amount", "0", "A daily limit is from 1 to 600 minutes."),
        ("limit_amount", "9" * 30, "A daily limit is from 1 to 600 minutes."),
        ("new_a_day", "many", "Write a whole number."),
        ("zone", "Moon/Base", "There is no such time zone"),
        ("zone", "x" * 5_000, "There is no such time zone"),
        ("rollover_hour", "24", "A study day begins between 0 and 12"),
        ("off_until", "2020-01-01", "over already"),
        ("off_until", "soon", "Write a day"),
        ("exam_day", "2020-01-01", "The exam must lie in the future"),
        ("monday", "33", "Choose one of those on offer"),
    ],
)
def test_what_cannot_be_kept_is_said_beside_its_field_and_nothing_is_lost(visitor, field, value, message):
    answer = keep(visitor, **{field: value, "new_a_day": "6"} if field != "new_a_day" else {field: value})
    assert answer.status_code == 422
    assert message in text_of(answer)
    if field != "new_a_day":
        assert 'name="new_a_day" required type="number" value="6"' in answer.text or 'value="6"' in answer.text
    assert sent_of(visitor.get(SETTINGS).text)["limit_amount"] == "20"


def test_a_week_without_any_day_is_refused(visitor):
    week = dict.fromkeys(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"), "0")
    answer = keep(visitor, **week)
    assert answer.status_code == 422
    assert "must not be free" in text_of(answer)


def test_cards_stay_usable_after_any_choice(visitor):
    keep(visitor, cards_only="y", new_a_day="1")
    take(visitor)
    assert visitor.get(CARDS).status_code == 200
