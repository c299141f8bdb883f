import pytest

from quizapp.web.static_files import hash_of_static


def test_two_files_have_two_hashes_and_each_stays_the_same():
    assert hash_of_static("look.css") == hash_of_static("look.css") != hash_of_static("quizapp.js")


@pytest.mark.parametrize("name", ["nothing.css", "../app.py", "../../settings.py", "", "."])
def test_what_is_no_static_file_has_none(name):
    assert hash_of_static(name) == ""
