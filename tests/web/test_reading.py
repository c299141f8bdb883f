import re

import pytest

from quizapp.domain.facts.fact import Status
from quizapp.services.bank_transfer import load_bank
from tests.factories import NOON, harbour_facts, make_bank, make_fact
from tests.web.conftest import text_of
from tests.web.studying import take, turn_behind


def attempt_of(result):
    return int(result.rsplit("/", 1)[1])


def test_the_page_says_whose_article_it_is_and_whose_voice(visitor):
    words = text_of(visitor.get("/reading/harbour"))
    for part in ("The Quayside Times", "3 February 2020", "Ada Quay, the harbour master", "nobody from", "Whose voice"):
        assert part in words


def test_every_fact_has_an_address_of_its_own(visitor):
    page = visitor.get("/reading/harbour").text
    for fact in harbour_facts():
        assert page.count(f'id="fact-{fact.id}"') == 1


def test_the_switch_marks_by_voice_or_not_at_all(visitor):
    plain, voices = (visitor.get(f"/reading/harbour?mark={mark}").text for mark in ("plain", "voices"))
    assert "passage is-solid" in voices and "passage is-hatched" in voices and "passage is-outlet" in voices
    assert "passage is-" not in plain
    assert 'aria-current="true">Who says this' in voices and 'aria-current="true">Nothing' in plain


@pytest.mark.parametrize("mark", ["", "nonsense", "VOICES", "plain%00"])
def test_without_a_known_marking_voices_are_shown(visitor, mark):
    assert "passage is-solid" in visitor.get(f"/reading/harbour?mark={mark}").text


def test_what_is_disputed_contradicted_or_dated_carries_its_note(visitor, runtime):
    facts = [
        make_fact(
            f"catch-{status}", value_text=f"{n}0 tons", status=status, note=f"Why {status}.", reference="An almanac"
        )
        for n, status in enumerate((Status.DISPUTED, Status.CONTRADICTED, Status.OUTDATED), 1)
    ]
    with runtime.writing() as session:
        load_bank(session, make_bank([*harbour_facts(), *facts], name="quay"), NOON)
    words = text_of(visitor.get("/reading/quay"))
    for label, note in (
        ("Disputed", "Why disputed."),
        ("Contradicted", "Why contradicted."),
        ("As the article had it", "Why outdated."),
    ):
        assert f"{label} {note} Reference: An almanac." in words


def test_a_note_stands_in_full_once_and_is_referred_to_afterwards(visitor, runtime):
    facts = [
        make_fact(f"load-{n}", value_text=f"{n}0 tons", paragraphs=(n,), status=Status.OUTDATED, note=note)
        for n, note in ((1, "Later it froze."), (2, "Quay said so in May. Later it froze."), (3, "Later it froze."))
    ]
    with runtime.writing() as session:
        load_bank(session, make_bank([*harbour_facts(), *facts], name="quay"), NOON)
    page = visitor.get("/reading/quay")
    assert text_of(page).count("Later it froze.") == 1
    assert "Quay said so in May. More in the note above." in text_of(page)
    assert page.text.count('href="#note-0"') == 2 and page.text.count('id="note-0"') == 1


def test_a_mark_stands_behind_the_full_stop(visitor):
    result = visitor.play(visitor.start(), wrong=(1,))
    page = visitor.get(f"/reading/harbour?attempt={attempt_of(result)}").text
    assert not re.search(r"</button>\s*[.,;:]", page) and re.search(r"</label>\.?<button", page)


def test_a_fresh_quiz_and_a_pretest_begun_say_how_far_they_are(visitor):
    attempt = visitor.start().split("/")[2]
    words = text_of(visitor.get(f"/reading/harbour?attempt={attempt}"))
    assert "Nothing answered yet" in words and "0 of" not in words
    visitor.get("/reading/harbour")
    first = visitor.post("/quizzes", bank="harbour", length="5", kind="pretest").location
    visitor.answer(first, right=False)
    words = text_of(visitor.get(f"/reading/harbour?attempt={first.split('/')[2]}"))
    assert "1 of 5 answered, 0 right." in words


def test_an_unknown_bank_is_no_page(visitor):
    assert visitor.get("/reading/nowhere").status_code == 404


@pytest.mark.parametrize("attempt", ["abc", "-1", "0", "²", "9" * 40, "1 OR 1=1"])
def test_a_mistyped_attempt_is_none(visitor, attempt):
    assert visitor.get(f"/reading/harbour?attempt={attempt}").status_code == 200


def test_an_attempt_that_is_not_ones_own_is_no_page(visitor, new_visitor):
    attempt = attempt_of(visitor.play(visitor.start()))
    assert visitor.get(f"/reading/harbour?attempt={attempt}").status_code == 200
    assert new_visitor().get(f"/reading/harbour?attempt={attempt}").status_code == 404
    stranger = new_visitor()
    stranger.start()
    assert stranger.get(f"/reading/harbour?attempt={attempt}").status_code == 404
    assert stranger.post("/reading/harbour", fact="catch-1", attempt=str(attempt)).status_code == 404


def test_after_a_quiz_what_was_missed_is_marked_by_icon_and_word(visitor):
    result = visitor.play(visitor.start(), wrong=(2,))
    page = visitor.get(result)
    link = re.search(r'href="(/reading/harbour\?attempt=\d+)"', page.text)[1]
    reading = visitor.get(link)
    words = text_of(reading)
    assert "4 right" in words and "1 missed" in words and "5 of 11 facts" in words
    assert reading.text.count('class="fact-ask is-missed"') == 1
    assert reading.text.count('class="fact-ask is-right"') == 4
    assert "Back to the result" in words and "Right:" in words


def test_a_missed_fact_is_asked_with_one_press_and_gets_right(visitor):
    result = visitor.play(visitor.start(), wrong=(1,))
    reading = visitor.get(f"/reading/harbour?attempt={attempt_of(result)}")
    missed = re.search(r'fact-ask is-missed" id="ask-([a-z0-9-]+)"', reading.text)[1]
    answer = visitor.post("/reading/harbour", fact=missed, attempt=str(attempt_of(result)))
    assert answer.status_code == 303
    assert visitor.question(answer.location).snapshot.question.fact == missed
    visitor.answer(answer.location)
    page = visitor.get(answer.location)
    back = re.search(r'data-next href="([^"]+)"', page.text)[1]
    assert back.endswith(f"#fact-{missed}")
    assert f'class="fact is-mended" id="fact-{missed}"' in visitor.get(back).text
    assert "80 % of 5" in text_of(visitor.get("/history"))


def test_a_visitor_who_taps_a_fact_becomes_a_guest_and_sees_how_it_went(visitor):
    page = visitor.get("/reading/harbour?mark=asked")
    assert "Tap a fact" in text_of(page)
    first = visitor.post("/reading/harbour", fact="catch-2").location
    visitor.answer(first, right=False)
    back = re.search(r'data-next href="([^"]+)"', visitor.get(first).text)[1]
    assert 'class="fact is-missed" id="fact-catch-2"' in visitor.get(back).text


def test_a_fact_that_is_not_there_makes_nobody_a_guest(visitor, statements):
    visitor.get("/reading/harbour?mark=asked")
    assert visitor.post("/reading/harbour", fact="no-such").status_code == 404
    assert visitor.post("/reading/harbour").status_code == 404
    with visitor.client.session_transaction() as cookie:
        assert "token" not in cookie


def test_asking_needs_the_forms_token(visitor):
    assert visitor.client.post("/reading/harbour", data={"fact": "catch-2"}).status_code == 400


def test_a_pretest_asks_five_and_leads_to_the_article_with_those_facts_marked(visitor):
    visitor.get("/reading/harbour")
    first = visitor.post("/quizzes", bank="harbour", length="5", kind="pretest").location
    visitor.play(first, wrong=(1, 2, 3))
    base = first.rsplit("/", 1)[0]
    onward = re.search(r'data-next href="([^"]+)"', visitor.get(f"{base}/5").text)[1]
    page = visitor.get(onward)
    assert "2 of 5 right. Nothing of it is counted." in text_of(page)
    assert page.text.count('class="fact-ask is-missed"') == 3
    assert visitor.get(base.replace("quizzes", "results")).location.endswith(onward)


def test_a_pretest_is_kept_out_of_every_estimate(visitor):
    visitor.get("/reading/harbour")
    first = visitor.post("/quizzes", bank="harbour", length="5", kind="pretest").location
    visitor.play(first, wrong=(1, 2, 3))
    page = visitor.get("/history")
    words = text_of(page)
    assert "before reading" in words and "not counted" in words
    assert "%" not in words and "Mixed up" not in words and "chart-art" not in page.text
    assert "Tell them apart" not in visitor.get(first).text


def test_only_quizzes_and_pretests_are_started_by_form(visitor):
    visitor.get("/")
    answer = visitor.post("/quizzes", bank="harbour", length="5", kind="contrast")
    assert answer.status_code == 303 and answer.location == "/"


def test_the_page_makes_at_most_three_statements(visitor, statements):
    attempt = attempt_of(visitor.play(visitor.start()))
    statements()
    visitor.get("/reading/harbour")
    assert len(statements()) == 3  # who asks, the article, what they know of it
    visitor.get(f"/reading/harbour?attempt={attempt}")
    assert len(statements()) == 3


def test_what_i_know_is_offered_once_something_counted_and_says_it_in_figures(visitor):
    assert "What I know" not in visitor.get("/reading/harbour").text
    turn = turn_behind(visitor)
    take(visitor)
    assert "What I know" in visitor.get("/reading/harbour").text
    page = visitor.get("/reading/harbour?mark=known")
    label = re.search(rf'id="ask-{turn.fact.id}"[^>]*aria-label="([^"]*)"', page.text)[1]
    assert label.startswith("Recalled now by a chance of 100 %, seen: ")
    assert "1 of 11 facts asked so far, 0 learned." in text_of(page)


def test_who_knows_nothing_yet_sees_who_says_what_instead(visitor):
    page = visitor.get("/reading/harbour?mark=known")
    assert re.search(r'aria-current="true">Who says this<', page.text)
    assert "Try five first" in text_of(page)


def test_a_pretest_is_not_offered_to_who_has_begun_and_never_shows_what_is_known(visitor):
    visitor.get("/")
    first = visitor.post("/quizzes", bank="harbour", length="5", kind="pretest").location
    visitor.answer(first)
    assert "What I know" not in visitor.get("/reading/harbour").text
    take(visitor)
    assert "Try five first" not in text_of(visitor.get("/reading/harbour"))


def test_tapping_a_fact_that_is_shaded_asks_it(visitor):
    turn = turn_behind(visitor)
    take(visitor)
    visitor.get("/reading/harbour?mark=known")
    answer = visitor.post("/reading/harbour", fact=turn.fact.id)
    assert visitor.question(answer.location).snapshot.question.fact == turn.fact.id


def test_what_i_know_takes_three_statements(visitor, statements):
    take(visitor)
    statements()
    visitor.get("/reading/harbour?mark=known")
    assert len(statements()) <= 3
