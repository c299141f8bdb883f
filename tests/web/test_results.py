from sqlalchemy import update

from quizapp.database.bank_tables import QuestionRow
from tests.web.conftest import mixed_up, text_of


def test_the_result_lists_every_question_with_its_answer(visitor):
    first = visitor.start()
    result = visitor.play(first, wrong=(2, 4))
    words = text_of(visitor.get(result))
    assert "3 of 5 right" in words
    base = first.rsplit("/", 1)[0]
    for position in range(1, 6):
        assert visitor.question(f"{base}/{position}").snapshot.question.stem in words


def test_the_range_says_how_little_five_questions_tell(visitor):
    words = text_of(visitor.get(visitor.play(visitor.start(), wrong=(1,))))
    assert "you would get between about 40 % and 95 %" in words


def test_it_says_which_questions_counted_more_than_others(visitor, runtime):
    with runtime.writing() as session:
        session.execute(update(QuestionRow).values(weight=2.0))
    alike = text_of(visitor.get(visitor.play(visitor.start(), wrong=(1,))))
    assert "Counts" not in alike and "more than others" not in alike
    first = visitor.question(visitor.start()).snapshot.question.id
    with runtime.writing() as session:
        session.execute(update(QuestionRow).where(QuestionRow.name == first).values(weight=0.0))
    words = text_of(visitor.get(visitor.play(visitor.start(), wrong=(1,))))
    assert (
        "4 of 5 right" in words and "100 % of full credit" in words and "Some questions count more than others" in words
    )
    assert words.count("Counts twice") == 4 and words.count("Does not count in the score") == 1


def test_only_the_missed_can_be_shown(visitor):
    result = visitor.play(visitor.start(), wrong=(2,))
    assert visitor.get(f"{result}?show=missed").text.count('class="answers-n"') == 1


def test_a_retry_asks_only_the_missed_and_keeps_the_first_score(visitor):
    first = visitor.start()
    base = first.rsplit("/", 1)[0]
    result = visitor.play(first, wrong=(2, 4))
    missed = {visitor.question(f"{base}/{position}").snapshot.question.id for position in (2, 4)}
    visitor.get(result)
    again = visitor.post(f"{result}/retry").location
    retried = again.rsplit("/", 1)[0]
    assert {visitor.question(f"{retried}/{position}").snapshot.question.id for position in (1, 2)} == missed
    visitor.play(again)
    assert "3 of 5 right" in text_of(visitor.get(result))


def test_nothing_missed_offers_no_retry(visitor):
    result = visitor.play(visitor.start())
    page = visitor.get(result)
    assert "Nothing missed" in page.text and "/retry" not in page.text
    assert visitor.post(f"{result}/retry").status_code == 409


def test_an_unfinished_quiz_leads_back_to_its_questions(visitor):
    first = visitor.start()
    result = first.rsplit("/", 1)[0].replace("quizzes", "results")
    assert visitor.get(result).location.endswith(first.split("/")[2])


def test_somebody_elses_result_is_not_there(visitor, new_visitor):
    result = visitor.play(visitor.start())
    other = new_visitor()
    other.start()
    assert other.get(result).status_code == 404
    assert other.post(f"{result}/retry").status_code == 404


def test_the_page_makes_at_most_three_statements(visitor, statements):
    result = visitor.play(visitor.start())
    statements()
    visitor.get(result)
    assert len(statements()) <= 3


def test_a_mix_up_is_shown_with_both_facts_and_offers_to_tell_them_apart(visitor):
    path = mixed_up(visitor)
    quiz = path.rsplit("/", 1)[0]
    visitor.get(f"{quiz}/finish")
    visitor.post(f"{quiz}/finish")
    page = visitor.get(quiz.replace("quizzes", "results"))
    assert page.text.count("Two facts, side by side") == 1
    assert f'action="{path}/contrast"' in page.text
    assert f"/reading/harbour?attempt={quiz.rsplit('/', 1)[1]}" in page.text


def test_what_counts_for_nothing_cannot_be_retried(visitor):
    visitor.get("/reading/harbour?mark=asked")
    first = visitor.post("/reading/harbour", fact="catch-2").location
    visitor.answer(first, right=False)
    assert visitor.post(f"{first.rsplit('/', 1)[0].replace('quizzes', 'results')}/retry").status_code == 409
