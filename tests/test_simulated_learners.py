"""What becomes of learners whose memory is not the one the scheduling assumes."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import fmean, stdev

import pytest

from quizapp.domain.memory.scheduling import DESIRED_RETENTION, retrievability
from tests.power_law_learner import PARAMETERS, PowerLawLearner
from tests.simulated_study import Calibrator, Learner, SameModelLearner, Study

DAY, DAYS, FACTS, NEW_A_DAY, LATE_DAYS = 20_000, 180, 300, 10, 30
LEARNERS = 40
CLOSE = 0.04
KINDS: dict[str, Callable[[int], Learner]] = {
    "self-graded": lambda seed: PowerLawLearner(seed),
    "half chosen among four": lambda seed: PowerLawLearner(seed, chosen=0.5),
    "slow growth (G - 1 about 0.8)": lambda seed: PowerLawLearner(seed, growth=0.8),
    "as the app's own model": lambda seed: SameModelLearner(seed),
}


@dataclass(frozen=True)
class Outcome:
    """Of the last 30 days of one learner: the share recalled, the true chance of what was due, the one foretold."""

    recalled: float
    chance: float
    foretold: float
    reviews: int


def outcome(learner: Learner, seed: int, with_calibration: bool) -> Outcome:
    study = Study(learner, seed, Calibrator() if with_calibration else None)
    for number in range(DAYS):
        study.study(DAY + number, NEW_A_DAY if number < FACTS // NEW_A_DAY else 0)
    late = [one for one in study.log if one.day >= DAY + DAYS - LATE_DAYS]
    return Outcome(
        recalled=fmean(one.response.recalled for one in late),
        chance=fmean(one.response.chance for one in late),
        foretold=fmean(retrievability(one.memory, one.day) for one in late),
        reviews=len(study.log),
    )


def line(name: str, found: list[Outcome]) -> str:
    chances = [one.chance for one in found]
    close = sum(abs(one - DESIRED_RETENTION) <= CLOSE for one in chances) / len(found)
    return (
        f"  {name:12} recalled {fmean(one.recalled for one in found):.3f}  due facts {fmean(chances):.3f} "
        f"(sd of learners {stdev(chances):.3f}, {close:4.0%} within 4 points, {min(chances):.3f}-{max(chances):.3f})  "
        f"foretold {fmean(one.foretold for one in found):.3f}  reviews {fmean(one.reviews for one in found):.0f}"
    )


def distance(found: list[Outcome]) -> float:
    return max(
        abs(fmean(one.recalled for one in found) - DESIRED_RETENTION),
        abs(fmean(one.chance for one in found) - DESIRED_RETENTION),
    )


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
def test_learners_with_another_memory_end_within_four_points_of_what_they_desire(kind, capsys):
    plain = [outcome(KINDS[kind](seed), seed, with_calibration=False) for seed in range(LEARNERS)]
    helped = [outcome(KINDS[kind](seed), seed, with_calibration=True) for seed in range(LEARNERS)]
    with capsys.disabled():
        print(
            f"\n{kind}: {LEARNERS} learners (seeds 0-{LEARNERS - 1}), {FACTS} facts, {NEW_A_DAY} new a day, "
            f"{DAYS} days, the last {LATE_DAYS} counted, desired {DESIRED_RETENTION}"
        )
        if kind == "self-graded":
            print("  power law (1 + b t)^-ψ:", "; ".join(f"{name}: {how}" for name, how in PARAMETERS.items()))
        print(line("plain", plain), line("calibrated", helped), sep="\n")
    assert distance(helped) <= CLOSE
    assert distance(helped) <= distance(plain) + 0.01
