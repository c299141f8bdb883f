"""What is kept of people in classes."""

from sqlalchemy import ColumnElement, exists

from quizapp.database.personal_data.declaring import (
    People,
    PersonalTable,
    Shown,
    by,
    exported,
    row_number,
    table_named,
    the_person,
    withheld,
)

_MEMBERS, _CODES = table_named("class_members"), table_named("join_codes")
_ROSTER = "It belongs to the roster of your teacher."


def _places_taken(people: People) -> ColumnElement[bool]:
    """Say of a join code that it keeps a place by the name that one of these people has in the class, used or not."""
    theirs = exists().where(
        _MEMBERS.c.person_id.in_(people),
        _MEMBERS.c.class_id == _CODES.c.class_id,
        _MEMBERS.c.name == _CODES.c.name,
    )
    return theirs.correlate(_CODES)


TABLES = (
    PersonalTable(
        _MEMBERS,
        "Your classes",
        "Which classes you are in, and what you are called there.",
        by(_MEMBERS, "person_id"),
        {
            "id": row_number(),
            "class_id": exported("Which class.", "class", Shown.CLASS),
            "person_id": the_person(_MEMBERS),
            "role": exported("Whether you learn or teach there."),
            "name": exported("What you are called in this class alone."),
            "joined_at": exported("When you joined."),
        },
    ),
    PersonalTable(
        _CODES,
        "Places on a roster",
        "A code that a teacher made for you alone carries the name you have in the class.",
        _places_taken,
        {
            "id": row_number(),
            "class_id": withheld("The class it opens.", _ROSTER),
            "code": withheld("The code.", _ROSTER),
            "role": withheld("What it makes of whoever uses it.", _ROSTER),
            "name": withheld("The name the place is kept for.", "It is your name in “Your classes”."),
            "uses": withheld("How often it was used.", _ROSTER),
            "created_at": withheld("When it was made.", _ROSTER),
            "expires_at": withheld("Until when it serves.", _ROSTER),
            "revoked_at": withheld("When the teacher took it back.", _ROSTER),
        },
    ),
)
