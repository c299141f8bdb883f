from tests.web.conftest import mixed_up, text_of


def test_a_stranger_is_told_how_to_begin(visitor):
    assert "No quiz yet" in text_of(visitor.get("/history"))


def test_each_past_quiz_is_listed_with_score_and_range_and_opens(visitor, clock):
    result = visitor.play(visitor.start(), wrong=(1,))
    page = visitor.get("/history")
    assert "80 % of 5" in text_of(page) and "about 40 % to 95 %" in text_of(page)
    assert f'href="{result}"' in page.text


def test_an_unfinished_quiz_can_be_gone_on_with(visitor):
    first = visitor.start()
    visitor.answer(first)
    page = visitor.get("/history")
    assert "1 of 5 answered" in text_of(page) and first.rsplit("/", 1)[0] in page.text


def test_two_finished_quizzes_make_a_chart_with_a_table_beside_it(visitor, clock):
    visitor.play(visitor.start())
    assert "chart-art" not in visitor.get("/history").text
    clock.advance(days=2)
    visitor.play(visitor.start(), wrong=(1, 2))
    page = visitor.get("/history").text
    assert "2 scores from 60 % to 100 %" in page and page.count("chart-dot") == 2


def test_the_newest_comes_first(visitor, clock):
    visitor.play(visitor.start())
    clock.advance(days=1)
    visitor.play(visitor.start(), wrong=(1,))
    words = text_of(visitor.get("/history"))
    assert words.index("80 % of 5") < words.index("100 % of 5")


def test_the_page_makes_at_most_three_statements(visitor, statements):
    visitor.play(visitor.start())
    statements()
    visitor.get("/history")
    assert len(statements()) <= 3


def test_history_outlives_the_cookie_of_nobody_else(visitor, new_visitor):
    visitor.play(visitor.start())
    assert "No quiz yet" in text_of(new_visitor().get("/history"))


def test_the_commonest_mix_ups_are_listed_and_can_be_told_apart(visitor):
    path = mixed_up(visitor)
    page = visitor.get("/history")
    words = text_of(page)
    assert "Mixed up most" in words and "Once, last on 1 May 2026" in words
    assert f'action="{path}/contrast"' in page.text
    first = visitor.post(f"{path}/contrast", history="yes").location
    base = first.rsplit("/", 1)[0]
    for position in (1, 2):
        visitor.answer(f"{base}/{position}")
    assert 'data-next href="/history"' in visitor.get(f"{base}/2").text


def test_single_facts_and_contrasts_are_not_listed_as_quizzes(visitor):
    visitor.get("/reading/harbour?mark=asked")
    visitor.answer(visitor.post("/reading/harbour", fact="catch-2").location)
    assert "No quiz yet" in text_of(visitor.get("/history"))
