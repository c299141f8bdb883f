"""What is kept of studying: settings, sittings, and counts of days."""

from quizapp.database.personal_data.declaring import (
    PersonalTable,
    Shown,
    by,
    exported,
    row_number,
    table_named,
    the_person,
)

_SITTINGS, _SETTINGS = table_named("study_sessions"), table_named("study_settings")
_LOADS, _DAYS = table_named("study_loads"), table_named("studied_days")
_DAY = "Study days are counted from 1970-01-01."

TABLES = (
    PersonalTable(
        _SETTINGS,
        "How you study",
        "What you chose, and how long your memories last.",
        by(_SETTINGS, "person_id"),
        {
            "person_id": the_person(_SETTINGS),
            "zone": exported("Your time zone, so that a day is a day of yours."),
            "rollover_hour": exported("The hour at which your day begins."),
            "four_buttons": exported("Whether a card has four buttons."),
            "cards_only": exported("Whether you want cards alone."),
            "limit_kind": exported("Whether your daily limit is in minutes or cards."),
            "limit_amount": exported("Your daily limit."),
            "new_a_day": exported("How many new facts you want a day."),
            "weekday_loads": exported("How full each day of your week is, in percent."),
            "off_from": exported(f"The first day of a planned break. {_DAY}"),
            "off_until": exported("Its last day."),
            "exam_day": exported("The day of your exam."),
            "retention": exported("How much you want to recall, 0 to 1."),
            "memory_factor": exported("How much longer your memories last than the model says."),
            "factor_spread": exported("How unsure that is."),
        },
    ),
    PersonalTable(
        _SITTINGS,
        "When you studied",
        "Each sitting, so that you can go on where you stopped.",
        by(_SITTINGS, "person_id"),
        {
            "id": exported("Tells your sittings apart.", "sitting"),
            "person_id": the_person(_SITTINGS),
            "bank_id": exported("The bank you studied; none: all of them.", "bank", Shown.BANK),
            "scope": row_number("The bank again, for the database to keep sittings apart."),
            "kind": exported("Whether it was study or practice."),
            "study_day": exported(f"The day. {_DAY}"),
            "number": exported("Which sitting of the day it was."),
            "seed": exported("A random number that the order follows from."),
            "stamp": exported("How many turns were taken, and taken back."),
            "planned": exported("For how many facts it was planned."),
            "beyond_limit": exported("Whether you went on beyond your daily limit."),
            "new_facts": exported("Numbers of the facts to be met in it."),
            "started_at": exported("When it began."),
            "ended_at": exported("When it ended."),
        },
    ),
    PersonalTable(
        _DAYS,
        "Days you studied",
        "Counts for each day, for your daily limit and the calendar.",
        by(_DAYS, "person_id"),
        {
            "person_id": the_person(_DAYS),
            "day": exported(f"The day. {_DAY}"),
            "reviews": exported("Facts reviewed in study."),
            "new_facts": exported("Facts met for the first time."),
            "responses": exported("Questions answered in quizzes."),
            "milliseconds": exported("Time the reviews took."),
        },
    ),
    PersonalTable(
        _LOADS,
        "What comes back when",
        "How many facts of a bank are due on which day.",
        by(_LOADS, "person_id"),
        {
            "person_id": the_person(_LOADS),
            "day": exported(f"The day. {_DAY}"),
            "bank_id": exported("The bank.", "bank", Shown.BANK),
            "cards": exported("How many facts are due."),
        },
    ),
)
