from quizapp.domain.facts.fact import Status
from quizapp.web.notes_told import NotesTold
from tests.factories import make_fact


def dated(note, reference=""):
    return make_fact(status=Status.OUTDATED, note=note, reference=reference)


def test_a_note_is_told_whole_once_and_then_referred_to():
    notes = NotesTold()
    first, again = (notes.of(dated("It thawed. By May 2020 it was gone.", "The log")) for _ in range(2))
    assert (first.text, first.above) == ("It thawed. By May 2020 it was gone. Reference: The log.", None)
    assert (again.text, again.above) == ("", first.number) and again.number != first.number


def test_what_two_notes_share_is_told_with_the_first():
    notes = NotesTold()
    first = notes.of(dated("Quay spoke in May. It thawed: all of it."))
    second = notes.of(dated("The union spoke in June. It thawed: all of it."))
    assert (second.text, second.above) == ("The union spoke in June.", first.number)


def test_a_reference_alone_refers_to_nothing():
    notes = NotesTold()
    notes.of(dated("One thing.", "The log"))
    other = notes.of(dated("Another.", "The log."))
    assert (other.text, other.above) == ("Another. Reference: The log.", None)


def test_any_other_note_is_told_once():
    notes = NotesTold()
    assert notes.once(("stem", "answer")).above is None
    assert notes.once(("stem", "answer")).above == 0
