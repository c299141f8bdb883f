"""What is seen of a question in a file, joined with what was kept beside it: a change that is seen stands."""

from dataclasses import replace
from typing import Any

from quizapp.domain.questions.bank_formats.exchange.item import CannotAsk, Item
from quizapp.domain.questions.bank_formats.exchange.kept import question_for_keeping, question_of_json
from quizapp.domain.questions.bank_formats.exchange.made import Made, made_of
from quizapp.domain.questions.bank_formats.exchange.pool import Pool
from quizapp.domain.questions.question import Question
from quizapp.domain.questions.question_types.body_json import body_from_json, body_to_json
from quizapp.domain.questions.question_types.registry import question_type

_KEPT = ("id", "facts", "speaker", "status", "scored", "recipe")
_IN_THE_HEAD = ("statement", "paragraphs", "speaker", "status")


def joined(seen: Item, written: Item, original: Question, pool: Pool) -> Made:
    """Join what is `seen` with the `original` that was kept; `written` is how the original looks in this format.

    Raises CannotAsk when what is seen cannot be asked.
    """
    fact = pool.facts[original.fact]
    speaker = pool.speaker(original.speaker) if original.speaker else None
    whole = Made(original, fact, pool.topic(original.topic), speaker, (), is_new=False)
    if seen == written:
        return whole
    now = made_of(seen)
    try:
        before = made_of(written)
    except CannotAsk:
        return now
    question = _merged(before, now, original, pool)
    if question is None:
        return now
    topic = whole.topic if now.topic == before.topic else now.topic
    changed = replace(whole, question=question, topic=topic, remarks=now.remarks)
    return _with_head(changed, before, now) if seen.head != written.head else changed


def without_strangers(question: Question, pool: Pool) -> Question:
    """Take out of a question's body the facts that the file does not hold."""
    if all(name in pool.facts for name in question.cited_facts):
        return question
    kind = question_type(question.type)
    return replace(question, body=body_from_json(kind.body_class, _known(body_to_json(question.body), pool)))


def _merged(before: Made, now: Made, original: Question, pool: Pool) -> Question | None:
    made = Pool({**pool.facts, before.fact.id: before.fact, now.fact.id: now.fact})
    old, new, ours = (question_for_keeping(one, made) for one in (before.question, now.question, original))
    if old["type"] != new["type"] or original.type != old["type"]:
        body = new["body"]
    else:
        body = merged(old["body"], new["body"], ours["body"])
    values = {key: merged(old.get(key), value, ours.get(key)) for key, value in new.items()}
    values |= {key: ours[key] for key in _KEPT if key in ours} | {"body": body}
    return question_of_json({key: value for key, value in values.items() if value is not None})


def merged(before: Any, now: Any, ours: Any) -> Any:
    """Take over into `ours` what was changed between `before` and `now`."""
    if now == before:
        return ours
    if isinstance(now, dict) and isinstance(before, dict) and isinstance(ours, dict):
        return {key: merged(before.get(key), value, ours.get(key)) for key, value in now.items()}
    if isinstance(now, list | tuple) and isinstance(before, list | tuple) and isinstance(ours, list | tuple):
        places = {_first(one): place for place, one in enumerate(before)}
        return [_entry(one, places.get(_first(one)), before, ours) for one in now]
    return now


def _entry(now: Any, place: int | None, before: Any, ours: Any) -> Any:
    """Find an entry of a list again by its first field, its words."""
    if place is None or place >= len(ours) or len(before) > len(ours):
        return now
    return merged(before[place], now, ours[place])


def _first(entry: Any) -> str:
    return repr(next(iter(entry.values()), None) if isinstance(entry, dict) else entry)


def _with_head(ours: Made, before: Made, now: Made) -> Made:
    """Take over what a table says of the fact, where it was changed there."""
    changes = {
        name: getattr(now.fact, name) for name in _IN_THE_HEAD if getattr(now.fact, name) != getattr(before.fact, name)
    }
    fact = replace(ours.fact, **changes)
    question = replace(ours.question, speaker=fact.speaker, status=fact.status, scored=fact.scored)
    return replace(ours, question=question, fact=fact, speaker=now.speaker if "speaker" in changes else ours.speaker)


def _known(values: Any, pool: Pool) -> Any:
    if isinstance(values, dict):
        known = {key: _known(value, pool) for key, value in values.items()}
        if known.get("fact") is not None and known["fact"] not in pool.facts:
            known["fact"] = None
        if "near" in known:  # a near number without its fact says nothing
            known["near"] = [one for one in known["near"] if one["fact"] is not None]
        return known
    return [_known(one, pool) for one in values] if isinstance(values, list | tuple) else values
