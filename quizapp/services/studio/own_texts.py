"""An instructor's own text: as the source of a bank they make of it, or of one they have made before.

A bank that came from a file has no such text: its words are not edited here.
"""

import json
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Text, cast, select
from sqlalchemy.orm import Session

from quizapp.database.bank_tables import BankRow, FactRow, Origin, SourceRow
from quizapp.database.studio_tables import StepKind
from quizapp.domain.errors import Conflict, NotFound
from quizapp.domain.facts.bank_words import BankWords
from quizapp.domain.facts.fact import Source, Speaker, SpeakerKind, Topic
from quizapp.domain.facts.passage import paragraphs_of, plain_text
from quizapp.domain.facts.plain_name import plain_name
from quizapp.domain.questions.bank_formats.json_format import source_to_json
from quizapp.domain.questions.bank_formats.stored import fact_from_text, source_from_text
from quizapp.domain.questions.imported_card import NOT_GIVEN
from quizapp.domain.roles import Actor, Permission
from quizapp.services.shelf import editable
from quizapp.services.studio.bank_editor import new_bank
from quizapp.services.studio.steps import Watch

NOT_MADE_HERE = "This bank came from a file; its text is not kept here. Paste the text into a bank of your own."
HAS_A_TEXT = "This bank has its text already."
OWN_TEXT = "An instructor’s text"
"""What is read as the outlet until its author says where the text is from."""
LANGUAGE = "en"


def make_bank_of_text(session: Session, actor: Actor, title: str, text: str, nonce: str, now: datetime) -> str:
    """Make a bank of a pasted text, the actor's own and a draft; return its name.

    The nonce comes with the form: sent twice, it makes one bank. Raises NotFound when it is another person's.
    """
    words = BankWords(
        title=title,
        summary=f"What “{title}” says.",
        language=LANGUAGE,
        licence="Facts in our own words.",
        topics=(Topic("text", "The text"),),
        source=_source_of(title),
        text=plain_text(text),
    )
    return new_bank(session, actor, words, nonce, now)


def store_text(session: Session, actor: Actor, bank_name: str, text: str, now: datetime) -> int | None:
    """Store the text of a bank that was made here and has none; return the step that undoes it.

    Facts that name a paragraph beyond its last one keep their place.

    Raises NotFound, and Conflict where the bank came from a file or has a text.
    """
    bank, row = _own_source(session, actor, bank_name)
    if row.text:
        if row.text == plain_text(text):
            return None  # sent twice
        raise Conflict(HAS_A_TEXT)
    watch = Watch(session)
    watch.watch("sources", [row.id])
    row.text = plain_text(text)
    source = source_from_text(json.dumps(row.details, ensure_ascii=False))
    cited = session.scalars(select(cast(FactRow.content, Text)).where(FactRow.source_id == row.id))
    last = max((number for fact in cited for number in fact_from_text(fact).paragraphs), default=1)
    row.details = source_to_json(replace(source, paragraphs=max(len(paragraphs_of(row.text)), last)))
    return watch.record(actor, bank.id, StepKind.BANK, f"Put in the text of “{bank.title}”", now)


def add_speaker(session: Session, actor: Actor, bank_name: str, speaker: Speaker, now: datetime) -> None:
    """Add a speaker to the source of a bank that was made here, unless it has one of that id.

    Raises NotFound, and Conflict where the bank came from a file.
    """
    bank, row = _own_source(session, actor, bank_name)
    source = source_from_text(json.dumps(row.details, ensure_ascii=False))
    if source.speaker(speaker.id) is not None:
        return
    watch = Watch(session)
    watch.watch("sources", [row.id])
    row.details = source_to_json(replace(source, speakers=(*source.speakers, speaker)))
    watch.record(actor, bank.id, StepKind.BANK, f"Added the speaker {speaker.name}", now)


def speaker_called(name: str) -> Speaker:
    """Return a speaker of whom no more is known than the name that is in the text."""
    short = f"the {name[4:]}" if name.startswith("The ") else name
    return Speaker(plain_name(name), name, short, "named in the text", SpeakerKind.PERSON)


def _own_source(session: Session, actor: Actor, bank_name: str) -> tuple[BankRow, SourceRow]:
    actor.require(Permission.WRITE_QUESTIONS)
    found = session.execute(
        select(BankRow, SourceRow)
        .join(SourceRow, SourceRow.id == BankRow.source_id)
        .where(BankRow.name == bank_name, editable(actor))
        .with_for_update(of=SourceRow)
    ).one_or_none()
    if found is None:
        raise NotFound(f"There is no bank “{bank_name}”.")
    if found[0].origin is not Origin.INSTRUCTOR:
        raise Conflict(NOT_MADE_HERE)
    return found[0], found[1]


def _source_of(title: str) -> Source:
    return Source(
        id="",
        outlet=OWN_TEXT,
        description="a text of its instructor’s own",
        title=title,
        author=NOT_GIVEN,
        date=NOT_GIVEN,
        as_of="date not given",
        language=LANGUAGE,
        paragraphs=1,
        affiliation="",
    )
