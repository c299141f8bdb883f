import pytest

from quizapp.domain.roles import Role
from tests.people import add_person, sign_in_as
from tests.web.conftest import text_of
from tests.web.studio.test_bank_editor import make


@pytest.fixture
def own(instructor):
    make(instructor)
    return instructor


def test_the_studio_lists_what_one_may_change_with_counts(own):
    words = text_of(own.get("/studio"))
    assert "Ice in the bay 0 questions. Made here. Draft: only you" in words
    assert "From its files." in words


def test_an_archived_bank_is_gone_for_everybody_and_can_be_brought_back(own):
    own.get("/studio/banks/ice-in-the-bay")
    answer = own.post("/studio/banks/ice-in-the-bay/archive", again="no")
    assert (answer.status_code, answer.location) == (303, "/studio")
    page = own.get("/studio")
    assert "Archived on" in text_of(page)
    assert own.get("/banks/ice-in-the-bay").status_code == 404
    assert own.get("/studio/banks/ice-in-the-bay").status_code == 404
    assert own.post("/studio/banks/ice-in-the-bay/archive", again="yes").status_code == 303
    assert own.get("/banks/ice-in-the-bay").status_code == 200


def test_somebody_elses_bank_is_not_there(own, new_visitor, runtime):
    other = new_visitor()
    with runtime.writing() as session:
        sign = add_person(session, Role.INSTRUCTOR, "Otto")
    sign_in_as(other.client, runtime, sign)
    assert "Ice in the bay" not in other.get("/studio").text
    for path in ("", "/words", "/folder.zip"):
        assert other.get(f"/studio/banks/ice-in-the-bay{path}").status_code == 404
    assert other.post("/studio/banks/ice-in-the-bay/archive").status_code == 404


def test_every_page_of_the_studio_is_the_studio_in_the_navigation(own):
    bank = "ice-in-the-bay"
    paths = [f"/studio/{bank}/{page}" for page in ("highlight", "steps", "review", "questions")]
    paths += [f"/banks/{bank}/access", f"/banks/{bank}/export", f"/questions/{bank}", f"/studio/banks/{bank}"]
    paths += ["/studio", "/studio/attention", "/studio/reports", "/studio/review", "/studio/questions", "/import"]
    unmarked = [path for path in paths if '<a href="/studio" aria-current="page">' not in own.get(path).text]
    assert unmarked == []


def test_pages_about_a_bank_name_it_in_their_body_too_since_a_phone_hides_the_masthead(own):
    bank = "ice-in-the-bay"
    paths = ("/banks/{}/access", "/studio/banks/{}/words", "/banks/{}/export", "/import?bank={}")
    for path in (path.format(bank) for path in paths):
        assert '<div class="folio"><p>Ice in the bay</p>' in own.get(path).text, path


def test_only_instructors_find_the_studio_in_the_navigation(own, visitor, new_visitor, runtime):
    learner = new_visitor()
    with runtime.writing() as session:
        person = add_person(session)
    sign_in_as(learner.client, runtime, person)
    assert 'href="/studio"' not in learner.get("/").text
    assert learner.get("/studio").status_code == 404
    assert 'href="/studio"' in own.get("/").text
    assert '<a href="/studio" aria-current="page">Studio</a>' in own.get("/studio").text


def test_a_bank_leads_to_its_tools_and_one_of_a_file_is_not_archived(own):
    page = own.get("/studio/banks/harbour").text
    assert "/studio/banks/harbour/folder.zip" in page
    assert "Archive this bank" not in page
    assert "Archive this bank" in own.get("/studio/banks/ice-in-the-bay").text
    assert "/studio/banks/harbour" in own.get("/banks/harbour").text


def test_statements(own, statements):
    for path, count in (("/studio", 3), ("/studio/banks/ice-in-the-bay", 2)):
        statements()
        own.get(path)
        assert len(statements()) == count, path
