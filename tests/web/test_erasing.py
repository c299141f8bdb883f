from quizapp.services.people import every_account
from quizapp.web.erasing import erase_quietly
from tests.people import PASSWORD
from tests.web.signing import sign_up


def names(runtime):
    with runtime.reading() as session:
        return {one.sign_in_name for one in every_account(session)}


def ask_to_be_deleted(visitor):
    name = sign_up(visitor)
    visitor.get("/settings/data/delete")
    visitor.post("/settings/data/delete", password=PASSWORD)
    return name


def test_whose_week_is_over_is_deleted_after_the_next_form_of_anybody(visitor, new_visitor, runtime, clock):
    gone, stays = ask_to_be_deleted(visitor), new_visitor()
    kept = sign_up(stays)
    clock.advance(days=7, hours=1)
    stays.get("/")
    assert names(runtime) == {gone, kept}, "opening a page deletes nobody"
    stays.post("/theme", back="/").close()
    assert names(runtime) == {kept}


def test_it_is_looked_for_once_an_hour(visitor, new_visitor, runtime, clock, statements):
    other = new_visitor()
    other.get("/")
    other.post("/theme", back="/").close()
    statements()
    other.post("/theme", back="/").close()
    assert not [sent for sent in statements() if "erase_after" in sent and "LIMIT" in sent]
    clock.advance(hours=1)
    other.post("/theme", back="/").close()
    assert [sent for sent in statements() if "erase_after" in sent and "LIMIT" in sent]


def test_nobody_is_deleted_before_their_week_is_over(visitor, runtime, clock):
    name = ask_to_be_deleted(visitor)
    clock.advance(days=6, hours=23)
    assert erase_quietly(runtime, clock()) == 0
    assert names(runtime) == {name}
