"""What is kept of memory: one card a fact, every review of it, and facts taken for each other."""

from quizapp.database.personal_data.declaring import (
    PersonalTable,
    Shown,
    by,
    exported,
    row_number,
    table_named,
    the_person,
)

_CARDS, _MIX_UPS, _REVIEWS = table_named("cards"), table_named("mix_ups"), table_named("reviews")

_MEMORY = {
    "state": "Whether the fact is being learnt, is known, or is learnt again.",
    "step": "Which wait of minutes runs.",
    "stability": "After how many days recall falls to 90 %.",
    "difficulty": "How hard the fact is to keep, 1 to 10.",
    "last_day": "The day of the last review, counted from 1970-01-01.",
    "due_day": "The day it comes back.",
    "due_at": "The moment it comes back, within a day.",
    "repetitions": "How often it was reviewed.",
    "lapses": "How often it was forgotten.",
    "recalled_days": "On how many days it was recalled.",
    "recalled_on": "The last of those days.",
    "postponed_on": "The day it was set aside, after it was forgotten too often.",
}

TABLES = (
    PersonalTable(
        _CARDS,
        "What you remember",
        "How well each fact is known, so that it comes back just before you would forget it.",
        by(_CARDS, "person_id"),
        {
            "id": row_number(),
            "person_id": the_person(_CARDS),
            "bank_id": exported("The bank of the fact.", "bank", Shown.BANK),
            "fact_id": exported("The fact.", "fact", Shown.FACT),
        }
        | {name: exported(purpose) for name, purpose in _MEMORY.items()},
    ),
    PersonalTable(
        _MIX_UPS,
        "Facts you mixed up",
        "So that you are asked for both, each against the other, until you tell them apart.",
        by(_MIX_UPS, "person_id"),
        {
            "id": exported("Tells the pairs apart.", "mix_up"),
            "person_id": the_person(_MIX_UPS),
            "low_fact_id": exported("One of the two facts.", "fact", Shown.FACT),
            "high_fact_id": exported("The other one.", "other_fact", Shown.FACT),
            "low_question_id": row_number("The question that asks for the one."),
            "high_question_id": row_number("The question that asks for the other."),
            "times": exported("How often you mixed them up."),
            "told": exported("1: you told the one apart since, 2: the other, 3: both."),
            "last_at": exported("When you last mixed them up."),
        },
    ),
    PersonalTable(
        _REVIEWS,
        "Every review",
        "What you were asked, what you said and what followed, so that a memory can be computed and taken back.",
        by(_REVIEWS, "person_id"),
        {
            "id": exported("Tells your reviews apart.", "review"),
            "person_id": the_person(_REVIEWS),
            "fact_id": exported("The fact.", "fact", Shown.FACT),
            "study_session_id": exported("The sitting it belongs to.", "sitting"),
            "attempt_id": exported("Or the quiz.", "attempt"),
            "position": exported("Where in the quiz."),
            "question_revision_id": exported("The question; none: a card.", "question", Shown.QUESTION),
            "stamp": exported("Which turn of the sitting it was."),
            "kind": exported("Where it came from."),
            "strength": exported("Whether you graded yourself, chose or typed."),
            "rating": exported("1 again, 2 hard, 3 good, 4 easy."),
            "weight": exported("How far it shows that you knew: a choice may be a guess."),
            "score": exported("What a response scored, 0 to 1."),
            "given": exported("What you gave."),
            "chosen_fact_id": exported("The fact you took it for.", "taken_for", Shown.FACT),
            "contrast_fact_id": exported("The fact it was asked against.", "against", Shown.FACT),
            "overridden": exported("Whether you said that you were right after all."),
            "milliseconds": exported("How long it took."),
            "reviewed_at": exported("When."),
            "study_day": exported("On which day of yours."),
            "offset_minutes": exported("How far your clock was ahead of UTC."),
            "interval": exported("After how many days it was to come back."),
            "step_seconds": exported("Or after how many seconds."),
            "fuzz": exported("By how many days that was moved, to spread the load."),
            "parameter_set": exported("Which memory model computed it."),
            "mix_up_id": exported("The pair of mixed-up facts it touched.", "mix_up"),
            "before_mix_up": exported("How that pair stood before."),
        }
        | {f"before_{name}": exported(f"Before this review: {purpose}") for name, purpose in _MEMORY.items()},
    ),
)
