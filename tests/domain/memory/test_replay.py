from datetime import timedelta

from quizapp.domain.memory.evidence import ReviewKind
from quizapp.domain.memory.replay import CardState, PastReview, replay
from quizapp.domain.memory.scheduling import DESIRED_RETENTION, NEW, Rating, review
from quizapp.domain.memory.spreading import Calendar
from tests.factories import NOON

CALENDAR = Calendar(seed=1)


def past(number: int, rating: Rating = Rating.GOOD, day: int = 100, **changes: object) -> PastReview:
    values: dict[str, object] = {
        "id": number,
        "kind": ReviewKind.STUDY,
        "rating": rating,
        "weight": 1.0,
        "day": day,
        "at": NOON + timedelta(days=day),
        "interval": 0,
    }
    return PastReview(**values | changes)  # type: ignore[arg-type]


def replayed(*reviews: PastReview):
    return replay(reviews, CALENDAR, DESIRED_RETENTION)


def test_no_review_is_no_memory():
    assert replayed().after == CardState(NEW, None)


def test_reviews_follow_each_other_in_the_order_of_time_whatever_their_numbers():
    first, second = past(9, day=100), past(3, Rating.AGAIN, day=104)
    found = replayed(second, first)
    once = review(NEW, Rating.GOOD, 100, first.at).memory
    assert found.before[9].memory == NEW
    assert found.before[3].memory.stability == once.stability
    assert found.after.memory.stability == review(once, Rating.AGAIN, 104, second.at).memory.stability


def test_a_guess_weighs_what_it_weighed():
    found = replayed(past(1), past(2, day=110, weight=0.4))
    once = replayed(past(1)).after.memory
    assert (
        found.after.memory.stability == review(once, Rating.GOOD, 110, past(2, day=110).at, weight=0.4).memory.stability
    )


def test_practice_changes_nothing_and_is_still_told_what_was_before():
    found = replayed(past(1), past(2, kind=ReviewKind.PRACTICE, day=101))
    assert found.after == replayed(past(1)).after == found.before[2]


def test_an_interval_that_was_promised_holds_where_the_memory_allows_it():
    longer = [past(1), past(2, day=101, at=NOON + timedelta(days=101))]
    free = replayed(*longer, past(3, day=120)).after.memory
    low, high = (free.due_day - 120) - 1, (free.due_day - 120) + 1
    for interval in (low, high):
        kept = replayed(*longer, past(3, day=120, interval=interval)).after.memory
        assert kept.due_day == 120 + interval
    assert replayed(*longer, past(3, day=120, interval=5_000)).after.memory.due_day == free.due_day


def test_what_was_wrong_in_a_quiz_is_due_at_once():
    wrong = past(2, Rating.AGAIN, day=110, kind=ReviewKind.QUIZ)
    assert replayed(past(1), wrong).after.memory.due_at == wrong.at


def test_a_fact_forgotten_too_often_is_set_aside():
    reviews, day = [past(0, Rating.EASY, day=100)], 100
    for number in range(1, 17):
        day += 30
        reviews.append(past(number, Rating.AGAIN if number % 2 else Rating.EASY, day=day))
    found = replayed(*reviews)
    assert found.before[16].postponed_on == day - 30
    assert found.after.postponed_on is None
