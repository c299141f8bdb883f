"""What is kept of people who write questions: their work, and their name on it."""

from dataclasses import replace

from quizapp.database.personal_data.declaring import PersonalTable, by, exported, row_number, table_named, withheld

_BANKS, _REVISIONS = table_named("banks"), table_named("question_revisions")
_OWN = "It is the same in every row: you."

TABLES = (
    PersonalTable(
        _BANKS,
        "Banks of yours",
        "Banks that you made and decide about.",
        by(_BANKS, "owner_id"),
        {
            "id": row_number(),
            "name": exported("Its name in addresses."),
            "source_id": row_number("The article it rests on."),
            "title": exported("Its title."),
            "summary": exported("What it is about."),
            "language": exported("Its language."),
            "licence": exported("On what terms it may be used."),
            "topics": exported("Its topics."),
            "visibility": exported("Who may see it."),
            "owner_id": replace(withheld("Says whose it is.", _OWN), emptied=True),
            "origin": exported("Whether it came from a file or was made here."),
            "second_approver": exported("Whether a draft is approved by somebody else than its author."),
            "loaded_at": exported("When its content last changed."),
            "retired_at": exported("When it was taken off the shelf."),
        },
        rows_deleted=False,
        remains="Banks you made stay without an owner; a draft then is seen by admins alone.",
    ),
    PersonalTable(
        _REVISIONS,
        "Questions you wrote",
        "Each saved state of a question, with who saved it.",
        by(_REVISIONS, "author_id"),
        {
            "id": row_number(),
            "question_id": exported("Which question: the same number is the same question.", "question"),
            "number": exported("Which of its saved states."),
            "content": exported("The question, its answer and the facts it cites, as you saved them."),
            "fact_ids": row_number("Finds the facts it cites."),
            "content_hash": row_number("Shows whether anything changed."),
            "author_id": replace(withheld("Says who saved it.", _OWN), emptied=True),
            "change": exported("What you said of the change: a typo, or a different question."),
            "reasons": exported("Why you passed over a warning, by its rule."),
            "created_at": exported("When you saved it."),
        },
        rows_deleted=False,
        remains="Questions you wrote stay, without your name: others have answered them.",
    ),
)
