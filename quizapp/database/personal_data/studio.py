"""What is kept of people who work in the studio: their drafts, decisions and steps; and of who reports a problem."""

from dataclasses import replace

from quizapp.database.personal_data.declaring import (
    PersonalTable,
    Shown,
    by,
    exported,
    row_number,
    table_named,
    withheld,
)

_DRAFTS, _DECISIONS = table_named("drafts"), table_named("draft_decisions")
_STEPS, _REPORTS = table_named("studio_steps"), table_named("question_reports")
_UPLOADS = table_named("uploads")
_OWN = "It is the same in every row: you."

TABLES = (
    PersonalTable(
        _DRAFTS,
        "Drafts you began",
        "Questions that you were writing, and what became of them.",
        by(_DRAFTS, "author_id"),
        {
            "id": row_number(),
            "bank_id": exported("Which bank it is for.", "bank", Shown.BANK),
            "name": row_number("The name its question will have."),
            "question_id": row_number("Finds the question it edits."),
            "based_on": exported("Which saved state of the question it began from."),
            "recipe": exported("What made it: you by hand, a recipe, or an import."),
            "state": exported("Whether it is open, waits, or was approved, rejected or dropped."),
            "content": exported("The question as far as it was written."),
            "version": exported("How often it was saved."),
            "author_id": replace(withheld("Says who began it.", _OWN), emptied=True),
            "created_at": exported("When you began it."),
            "changed_at": exported("When it was last saved."),
        },
        rows_deleted=False,
        remains="Drafts you began stay, without your name: others may be working on them.",
    ),
    PersonalTable(
        _DECISIONS,
        "Decisions on drafts",
        "What you did with a draft, and why.",
        by(_DECISIONS, "person_id"),
        {
            "id": row_number(),
            "draft_id": exported("Which draft: the same number is the same draft.", "draft"),
            "person_id": replace(withheld("Says who decided.", _OWN), emptied=True),
            "decision": exported("Submitted, edited, approved, rejected, dropped or undone."),
            "reason": exported("Why, in your words."),
            "content": withheld("The draft as it was then.", "Its words may be another author's."),
            "decided_at": exported("When."),
        },
        rows_deleted=False,
        remains="Decisions on drafts stay, without your name.",
    ),
    PersonalTable(
        _STEPS,
        "Steps in the studio",
        "What you did to banks and their questions, kept so that it can be undone.",
        by(_STEPS, "person_id"),
        {
            "id": row_number(),
            "bank_id": exported("Which bank.", "bank", Shown.BANK),
            "person_id": replace(withheld("Says who did it.", _OWN), emptied=True),
            "kind": exported("What kind of step it was."),
            "words": exported("What was done."),
            "changes": withheld("What was there before and after.", "It holds questions, not something of you."),
            "done_at": exported("When."),
            "undone_at": exported("When it was undone, if it was."),
        },
        rows_deleted=False,
        remains="What was done to banks stays, without your name.",
    ),
    PersonalTable(
        _REPORTS,
        "Problems you reported",
        "What you said is wrong with a question.",
        by(_REPORTS, "person_id"),
        {
            "id": row_number(),
            "question_id": row_number("Finds the question."),
            "question_revision_id": exported("The question as you met it.", "question", Shown.QUESTION),
            "person_id": withheld("Says who reported it.", _OWN),
            "attempt_id": exported("Which attempt you met it in.", "attempt"),
            "position": exported("At which place of it."),
            "kind": exported("What kind of problem."),
            "words": exported("What you wrote."),
            "reported_at": exported("When."),
            "settled_at": exported("When an instructor settled it."),
            "settlement": exported("What was done about it."),
        },
    ),
    PersonalTable(
        _UPLOADS,
        "Files you sent to be imported",
        "Kept for a day, from your look at what would be done until you confirm it.",
        by(_UPLOADS, "person_id"),
        {
            "id": row_number(),
            "person_id": withheld("Says who sent it.", _OWN),
            "file_name": exported("What it is called."),
            "bank": exported("The bank it is for."),
            "format": exported("What you said it is."),
            "data": withheld("The file.", "You have it yourself, and it is out of reach after a day."),
            "sent_at": exported("When you sent it."),
        },
    ),
)
