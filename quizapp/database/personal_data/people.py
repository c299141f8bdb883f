"""What is kept of a person as such: the account, the sessions of their browsers, mail, and what guards accounts."""

from quizapp.database.personal_data.declaring import (
    PEOPLE,
    PersonalTable,
    by,
    by_nothing,
    by_pseudonym,
    exported,
    row_number,
    table_named,
    the_person,
    withheld,
)

_SESSIONS, _MAILS = table_named("sessions"), table_named("mails")
_EVENTS, _FAILURES = table_named("security_events"), table_named("sign_in_failures")
_SECRET = "It only serves to check a secret, and would help nobody but a thief."  # noqa: S105 - a sentence

TABLES = (
    PersonalTable(
        PEOPLE,
        "You",
        "Who you are here. A guest is a number, with neither a name nor an address.",
        lambda people: PEOPLE.c.id.in_(people),
        {
            "id": exported("Ties together all that is yours.", "number"),
            "name": exported("What you are called on pages."),
            "role": exported("What you may do here."),
            "created_at": exported("When you came."),
            "pseudonym": exported("Stands for you in the log of security events, so that it needs no name."),
            "sign_in_name": exported("What you sign in with."),
            "email": exported("Only for mail you ask for, such as a new password."),
            "password_hash": withheld("Checks your password, which itself is not stored.", _SECRET),
            "uniquifier": withheld("Makes links to reset a password die when it changes.", _SECRET),
            "suspended_at": exported("Since when you may not sign in."),
            "erase_after": exported("When your account is deleted, if you asked for it."),
        },
    ),
    PersonalTable(
        _SESSIONS,
        "Where you are signed in",
        "One row for each browser, so that you can end its session.",
        by(_SESSIONS, "person_id"),
        {
            "id": row_number(),
            "token_hash": withheld("Recognises the cookie of this browser.", _SECRET),
            "person_id": the_person(_SESSIONS),
            "device": exported("Browser and system in words, to tell sessions apart by."),
            "created_at": exported("When the session began."),
            "used_at": exported("When it was last used, to the day."),
            "expires_at": exported("When it ends by itself."),
            "latest_at": exported("When it ends at the latest."),
            "ended_at": exported("When it was ended."),
        },
    ),
    PersonalTable(
        _MAILS,
        "Mail to you",
        "Mail you asked for, until it is sent and for as long as it may have to be looked into.",
        by(_MAILS, "person_id"),
        {
            "id": row_number(),
            "person_id": the_person(_MAILS),
            "address": exported("Where it goes."),
            "subject": exported("What it is about."),
            "body": withheld("Its text, which is dropped once it was sent.", "It may hold a secret link."),
            "created_at": exported("When it was written."),
            "sent_at": exported("When it was sent."),
            "tries": exported("How often sending was tried."),
            "problem": exported("Why the last try failed."),
        },
    ),
    PersonalTable(
        _EVENTS,
        "Security events",
        "Signing in, changing a password and the like, to find out what happened if something goes wrong.",
        by_pseudonym(_EVENTS, "actor", "subject"),
        {
            "id": row_number(),
            "happened_at": exported("When it happened."),
            "kind": exported("What happened."),
            "actor": withheld("A pseudonym of who did it.", "It may be somebody else’s."),
            "subject": withheld("A pseudonym of whom it was done to.", "It may be somebody else’s."),
            "detail": withheld("Numbers and words of ours.", "It may hold the number of somebody else."),
        },
        rows_deleted=False,
        remains="Security events about you stay, under a random pseudonym that then leads to nobody.",
    ),
    PersonalTable(
        _FAILURES,
        "Sign-ins that failed",
        "Counted for a while, so that nobody can try passwords for ever. No name or address can be read from them.",
        by_nothing,
        {
            "id": row_number(),
            "account_key": withheld("A keyed hash of the name typed.", "Nobody can tell whose it is."),
            "source_key": withheld("A keyed hash of where it came from.", "Nobody can tell whose it is."),
            "failed_at": withheld("When it failed.", "Nobody can tell whose it is."),
        },
        rows_deleted=False,
        remains="Failed sign-ins are forgotten by themselves; nobody can tell whose they were.",
    ),
)
