"""What is kept of quizzes: what was asked and what was answered."""

from quizapp.database.personal_data.declaring import (
    Export,
    PersonalColumn,
    PersonalTable,
    Shown,
    by,
    exported,
    table_named,
    the_person,
)

_ATTEMPTS, _ASKED = table_named("attempts"), table_named("attempt_questions")
_RESPONSES = table_named("responses")

TABLES = (
    PersonalTable(
        _ATTEMPTS,
        "Quizzes you took",
        "So that you can go on with a quiz, look at it again, and see how you come along.",
        by(_ATTEMPTS, "person_id"),
        {
            "id": exported("Tells your quizzes apart.", "attempt"),
            "person_id": the_person(_ATTEMPTS),
            "bank_id": exported("The bank it asked about.", "bank", Shown.BANK),
            "kind": exported("What it was for; only a quiz counts."),
            "seed": exported("A random number that the order of questions follows from."),
            "length": exported("How many questions were drawn."),
            "answered": exported("How many you answered."),
            "follows_id": exported("The quiz it repeats or came from.", "follows"),
            "started_at": exported("When you started."),
            "finished_at": exported("When you finished."),
            "score": exported("Share of full credit, 0 to 1."),
        },
    ),
    PersonalTable(
        _ASKED,
        "What you were asked",
        "Which question stood where in a quiz. One you have not answered yet is not told.",
        by(_ASKED, "attempt_id"),
        {
            "attempt_id": exported("The quiz.", "attempt"),
            "position": exported("Where the question stood in it."),
            "question_revision_id": exported("The question, as it read then.", "question", Shown.QUESTION_IF_ANSWERED),
            "weight": exported("How much it counts in the score."),
        },
    ),
    PersonalTable(
        _RESPONSES,
        "What you answered",
        "So that you see what was right, and which two facts you took for each other.",
        by(_RESPONSES, "attempt_id"),
        {
            "attempt_id": exported("The quiz.", "attempt"),
            "position": PersonalColumn(
                "Where the question stood in it, and how it read.",
                (Export("position"), Export("question", Shown.QUESTION_AT_POSITION)),
            ),
            "given": exported("What you gave."),
            "score": exported("What it scored, 0 to 1."),
            "fact_id": exported("The fact that was asked for.", "fact", Shown.FACT),
            "chosen_fact_id": exported("The fact you took it for.", "taken_for", Shown.FACT),
            "answered_at": exported("When you answered."),
        },
    ),
)
