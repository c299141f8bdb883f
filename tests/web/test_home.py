from tests.web.conftest import text_of


def test_it_names_each_bank_with_its_source_line_and_whose_voice_it_is(visitor):
    words = text_of(visitor.get("/"))
    assert "The harbour" in words
    assert "The Quayside Times, one local report" in words
    assert "One of 12 paragraphs rests on what Quay, the harbour master, says" in words


def test_a_quiz_is_two_activations_away(visitor):
    visitor.get("/")
    first = visitor.post("/quizzes", bank="harbour", length="10").location
    assert "Question" in text_of(visitor.get(first))


def test_looking_makes_no_person_and_writes_nothing(visitor, statements):
    for path in ("/", "/banks/harbour", "/history", "/about", "/hello", "/favicon.ico"):
        assert visitor.get(path).status_code == 200
    assert [one for one in statements() if not one.startswith("SELECT")] == []


def test_the_page_makes_two_statements_for_a_stranger_and_nine_for_a_learner(visitor, statements):
    statements()
    visitor.get("/")
    assert len(statements()) <= 2
    visitor.start()
    statements()
    visitor.get("/")
    assert len(statements()) <= 9  # who asks, the banks, and their day: counts that are kept, however many cards


def test_the_yardstick_asks_nothing_of_the_database(visitor, statements):
    visitor.start()
    statements()
    assert visitor.get("/hello").text == "hello"
    assert statements() == []
