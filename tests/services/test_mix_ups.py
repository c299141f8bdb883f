from datetime import timedelta

from quizapp.domain.results.attempt_kind import AttemptKind
from quizapp.services.bank_transfer import load_bank, retire_bank
from quizapp.services.contrasts import start_contrast
from quizapp.services.mix_ups import SHOWN, common_mix_ups
from tests.factories import NOON, harbour_facts, make_bank
from tests.services.taking import take
from tests.services.taking_mixed import mix_up


def pair(found):
    return {found.mix_up.asked.fact.id, found.mix_up.chosen.fact.id}


def test_a_mix_up_is_listed_with_where_it_happened(session, guest):
    attempt_id, position = mix_up(session, guest)
    (found,) = common_mix_ups(session, guest)
    assert (found.attempt_id, found.position, found.times) == (attempt_id, position, 1)
    assert (found.bank_name, found.last_at) == ("harbour", NOON)
    assert found.mix_up.asked.words != found.mix_up.chosen.words


def test_the_same_two_facts_are_one_pair_and_the_newest_words_stand_for_it(session, guest):
    mix_up(session, guest)
    again, _ = mix_up(session, guest, now=NOON + timedelta(days=2))
    (found,) = common_mix_ups(session, guest)
    assert (found.times, found.attempt_id, found.last_at) == (2, again, NOON + timedelta(days=2))


def test_the_most_frequent_pair_comes_first_and_no_more_than_five_are_listed(session, guest):
    for seed in range(1, 12):
        mix_up(session, guest, seed, NOON + timedelta(minutes=seed))
    found = common_mix_ups(session, guest)
    assert len(found) <= SHOWN
    assert [one.times for one in found] == sorted((one.times for one in found), reverse=True)
    assert len({frozenset(pair(one)) for one in found}) == len(found)


def test_guesses_before_reading_and_plainly_wrong_answers_are_no_mix_ups(session, guest):
    mix_up(session, guest, kind=AttemptKind.PRETEST)
    assert common_mix_ups(session, guest) == []


def test_somebody_elses_mix_ups_are_not_listed(session, guest, stranger):
    mix_up(session, stranger)
    assert common_mix_ups(session, guest) == []


def test_what_is_no_longer_asked_is_not_offered(session, guest):
    mix_up(session, guest)
    (found,) = common_mix_ups(session, guest)
    kept = [fact for fact in harbour_facts() if fact.id != found.mix_up.chosen.fact.id]
    load_bank(session, make_bank(kept), NOON)
    assert common_mix_ups(session, guest) == []


def test_a_bank_off_the_shelf_offers_nothing(session, guest):
    mix_up(session, guest)
    retire_bank(session, "harbour", NOON)
    session.flush()
    assert common_mix_ups(session, guest) == []


def test_every_pair_listed_can_be_told_apart(session, guest):
    for seed in range(1, 8):
        mix_up(session, guest, seed)
    for found in common_mix_ups(session, guest):
        assert start_contrast(session, guest, found.attempt_id, found.position, seed=3, now=NOON, returns=False)


def test_the_list_takes_one_statement(session, guest, statements):
    mix_up(session, guest)
    take(session, guest)
    session.flush()
    statements()
    common_mix_ups(session, guest)
    assert len(statements()) == 1
