import threading

from quizapp.web.later import MOST_WAITING, Later, at_once


def test_jobs_are_done_one_after_another_by_another_thread_and_a_failing_one_stops_none():
    later, done, finished = Later(), [], threading.Event()
    later(lambda: done.append(threading.current_thread().name))
    later(lambda: 1 / 0)
    later(lambda: done.append("after the failure"))
    later(finished.set)
    assert finished.wait(5)
    assert done == ["later", "after the failure"]


def test_when_too_much_waits_the_rest_is_dropped_instead_of_filling_the_memory(caplog):
    later, held, done, finished = Later(), threading.Event(), [], threading.Event()
    later(held.wait)
    for number in range(MOST_WAITING + 50):
        later(lambda number=number: done.append(number))
    held.set()
    while not finished.is_set():
        later(finished.set)
        finished.wait(0.05)
    assert len(done) in (MOST_WAITING, MOST_WAITING - 1)
    assert "too much work waits" in caplog.text


def test_tests_do_it_at_once():
    done = []
    at_once(lambda: done.append(1))
    assert done == [1]
