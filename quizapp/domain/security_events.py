"""What leaves a row in the log of security events."""

from enum import StrEnum


class SecurityEvent(StrEnum):
    """Something that somebody may have to look up later."""

    SIGNED_UP = "signed up"
    SIGNED_IN = "signed in"
    SIGN_IN_REFUSED = "sign-in refused"
    SIGN_IN_HELD = "sign-in held back after failures"
    SIGNED_OUT = "signed out"
    SESSION_ENDED = "session ended"
    OTHER_SESSIONS_ENDED = "other sessions ended"
    PASSWORD_CHANGED = "password changed"  # noqa: S105 - the name of an event
    PASSWORD_RESET_ASKED = "password reset asked"  # noqa: S105
    PASSWORD_RESET = "password reset"  # noqa: S105
    EMAIL_CHANGED = "e-mail changed"
    GUEST_MERGED = "guest merged"
    SETUP_LINK_USED = "setup link used"
    PERSON_ADDED = "person added"
    ROLE_CHANGED = "role changed"
    SUSPENDED = "suspended"
    REINSTATED = "reinstated"
    CLASS_MADE = "class made"
    CLASS_RENAMED = "class renamed"
    CLASS_ARCHIVED = "class archived"
    CLASS_REOPENED = "class reopened"
    CLASS_JOINED = "class joined"
    CLASS_LEFT = "class left"
    CLASS_MEMBER_REMOVED = "class member removed"
    TEACHER_ADDED = "teacher added"
    JOIN_CODE_MADE = "join code made"
    JOIN_CODE_REVOKED = "join code revoked"
    JOIN_CODE_REFUSED = "join code refused"
    ROSTER_IMPORTED = "roster imported"
    BANK_SHARED = "bank shared"
    DATA_EXPORTED = "data exported"
    DELETION_ASKED = "deletion asked"
    DELETION_TAKEN_BACK = "deletion taken back"
    ERASED = "erased"
