"""Numeric: a typed number, with its hedge and unit shown, graded within a tolerance."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from quizapp.domain.facts.quantities import NotANumber, format_number, read_number
from quizapp.domain.questions.question_types.author_values import Values
from quizapp.domain.questions.question_types.question_type import (
    AuthorField,
    Distractor,
    Given,
    Grade,
    NotGradable,
    Omitted,
    QuestionType,
    Reading,
    Response,
)
from quizapp.domain.seeded_order import SeededOrder

MAX_SHOWN = 80
_DECIMAL = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,18})?")


@dataclass(frozen=True, slots=True)
class NearNumber:
    """A wrong number that belongs to another fact: typing it names the mix-up."""

    number: str
    reason: str
    fact: str


@dataclass(frozen=True, slots=True)
class NumericBody:
    """The number and how it is written. Numbers are decimal strings, so that no digit is lost in JSON.

    `unit` is shown beside the field; with a `scale` (1,000,000 for "million dollars") the bare number may be typed
    with or without the scale word. `tolerance` is an absolute distance that still counts as right, 0 by default.
    """

    number: str
    unit: str = ""
    hedge: str = ""
    tolerance: str = "0"
    scale: int = 1
    accepted: tuple[str, ...] = ()
    near: tuple[NearNumber, ...] = ()


@dataclass(frozen=True, slots=True)
class PresentedNumber:
    """What stands around the input: the words before it and the unit after it."""

    hedge: str
    unit: str


class Numeric(QuestionType[NumericBody]):
    """A number typed in digits or words: 10,000 and 10 000 and ten thousand are the same."""

    name = "numeric"
    label = "Number"
    instruction = "Type a number, in digits or in words."
    body_class = NumericBody
    author_fields = (
        AuthorField("number", "Right number", "number", "In digits or in words."),
        AuthorField("unit", "Unit", "text", "It stands beside the field: nobody has to guess it.", required=False),
        AuthorField("hedge", "Hedge, such as “nearly”", "text", "Keep the one that the source has.", required=False),
        AuthorField("tolerance", "How far off still counts", "number", "Empty: only the number.", required=False),
    )
    example = NumericBody(
        number="12000",
        unit="species",
        hedge="some",
        near=(NearNumber("9000", "Nine thousand is the number of bird species.", "bird-species"),),
    )

    def problems(self, body: NumericBody) -> list[str]:
        """Check that number and tolerance are decimals and that no near number is right."""
        found: list[str] = []
        numbers = {name: _decimal(text) for name, text in (("number", body.number), ("tolerance", body.tolerance))}
        found.extend(f"the {name} is not a decimal number." for name, number in numbers.items() if number is None)
        number, tolerance = numbers["number"], numbers["tolerance"]
        if body.scale not in _SCALE_WORDS:
            found.append(f"the scale is not one of {', '.join(f'{scale:,}' for scale in _SCALE_WORDS)}.")
        if number is None or tolerance is None:
            return found
        if not _can_be_typed(number):
            found.append("the number could be read in two ways if somebody typed it; round it.")
        if tolerance < 0:
            found.append("the tolerance is below zero.")
        for near in body.near:
            value = _decimal(near.number)
            if value is None:
                found.append(f"the near number “{near.number}” is not a decimal number.")
            elif abs(value - number) <= tolerance:
                found.append(f"the near number {near.number} would be graded as right.")
        return found

    def authored_body(self, values: Values, before: NumericBody | None = None) -> NumericBody:
        """Make a body; the scale, other spellings and near numbers of another number are not taken over."""
        made = super().authored_body(values, before)
        if before is None or made.number == before.number:
            return made
        return replace(made, scale=1, accepted=(), near=())

    def key(self, body: NumericBody) -> str:
        """Return the number as the app writes it: 10,000."""
        return format_number(Decimal(body.number))

    def answer_text(self, body: NumericBody) -> str:
        """Return hedge, number and unit: "some 10,000 troops", "some 360 million dollars"."""
        return self._written(body, Decimal(body.number), body.hedge)

    def response_text(self, body: NumericBody, response: Response) -> str:
        """Return the number that was read, with its unit."""
        return self._written(body, Decimal(response["number"]), "")

    def distractors(self, body: NumericBody) -> tuple[Distractor, ...]:
        """List the near numbers."""
        return tuple(
            Distractor(self._written(body, Decimal(near.number), ""), near.reason, near.fact) for near in body.near
        )

    def present(self, body: NumericBody, order: SeededOrder) -> PresentedNumber:
        """Return hedge and unit, with the scale word where the number is written with one."""
        return PresentedNumber(body.hedge, _unit_words(body))

    def read(self, form: Mapping[str, str], body: NumericBody, order: SeededOrder) -> Reading:
        """Read a number from the field `response`; what could mean two numbers is not gradable."""
        given = form.get("response", "").strip()
        if not given:
            return Omitted()
        if any(given.casefold() == accepted.casefold() for accepted in body.accepted):
            return Given({"number": body.number, "typed": given})
        try:
            number = read_number(given, units=_units(body))
        except NotANumber as error:
            return NotGradable(str(error))
        return Given({"number": _plain(_unscaled(number, body)), "typed": given[:MAX_SHOWN]})

    def grade(self, body: NumericBody, response: Response) -> Grade:
        """Give 1 within the tolerance; else 0, with the reason and fact of a near number when it is one."""
        number = Decimal(response["number"])
        if abs(number - Decimal(body.number)) <= Decimal(body.tolerance):
            return Grade(1.0)
        for near in body.near:
            if Decimal(near.number) == number:
                return Grade(0.0, near.reason, near.fact)
        return Grade(0.0)

    def right_response(self, body: NumericBody) -> Response:
        """Type the number."""
        return {"number": body.number, "typed": self.key(body)}

    def example_responses(self) -> tuple[Response, Response]:
        """Return the number itself and the near one."""
        return {"number": "12000", "typed": "12,000"}, {"number": "9000", "typed": "9000"}

    @staticmethod
    def _written(body: NumericBody, number: Decimal, hedge: str) -> str:
        shown, unit = number, body.unit
        if body.scale > 1 and number >= body.scale:
            shown, unit = number / body.scale, _unit_words(body)
        return " ".join(part for part in (hedge, format_number(shown), unit) if part)


_SCALE_WORDS = {1: "", 100: "hundred", 1_000: "thousand", 1_000_000: "million", 1_000_000_000: "billion"}


def _unit_words(body: NumericBody) -> str:
    return f"{_SCALE_WORDS[body.scale]} {body.unit}".strip()


def _units(body: NumericBody) -> tuple[str, ...]:
    """List the units a learner may type: the whole unit, and its last word ("kilometers" of "square kilometers")."""
    return tuple(unit for unit in (body.unit, _unit_words(body), *body.unit.split()[-1:]) if unit)


def _unscaled(number: Decimal, body: NumericBody) -> Decimal:
    """Read "360" as 360 million where the field says "million dollars", but "500,000" as it stands if that is right."""
    if number == Decimal(body.number):
        return number
    return number * body.scale if 0 < number < body.scale else number


def _can_be_typed(number: Decimal) -> bool:
    try:
        return read_number(format_number(number)) == number
    except NotANumber:
        return False


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _decimal(text: str) -> Decimal | None:
    """Read a plain decimal; "1e999999999" is one to Python too, and would fill the memory when it is written out."""
    return Decimal(text) if _DECIMAL.fullmatch(text) else None
