"""Who may do what: one table, read top to bottom."""

from dataclasses import dataclass
from enum import StrEnum

from quizapp.domain.errors import NotAllowed


class Role(StrEnum):
    """What a person is to this installation."""

    GUEST = "guest"
    """Known by a browser's cookie alone."""
    LEARNER = "learner"
    INSTRUCTOR = "instructor"
    ADMIN = "admin"
    SUSPENDED = "suspended"
    """May do nothing and cannot sign in; a suspended person's row keeps the role it will have again."""


class ClassRole(StrEnum):
    """What a person is in one class."""

    TEACHER = "teacher"
    LEARNER = "learner"


class Permission(StrEnum):
    """Something that a role may be allowed to do. Whose thing it is done to, the services check besides."""

    TAKE_QUIZ = "take a quiz"
    REVIEW_OWN_HISTORY = "review one's own history"
    HAVE_ACCOUNT = "change an account"
    JOIN_CLASS = "join a class"
    WRITE_QUESTIONS = "write questions"
    TEACH = "teach a class"
    MANAGE_PEOPLE = "manage people"


_EVERYBODY = frozenset({Role.GUEST, Role.LEARNER, Role.INSTRUCTOR, Role.ADMIN})
_WITH_ACCOUNT = _EVERYBODY - {Role.GUEST}
_INSTRUCTORS = frozenset({Role.INSTRUCTOR, Role.ADMIN})

PERMISSIONS: dict[Permission, frozenset[Role]] = {
    Permission.TAKE_QUIZ: _EVERYBODY,
    Permission.REVIEW_OWN_HISTORY: _EVERYBODY,
    Permission.HAVE_ACCOUNT: _WITH_ACCOUNT,
    Permission.JOIN_CLASS: _WITH_ACCOUNT,
    Permission.WRITE_QUESTIONS: _INSTRUCTORS,
    Permission.TEACH: _INSTRUCTORS,
    Permission.MANAGE_PEOPLE: frozenset({Role.ADMIN}),
}


@dataclass(frozen=True, slots=True)
class Actor:
    """The person on whose behalf something is done."""

    id: int
    role: Role

    def may(self, permission: Permission) -> bool:
        """Say whether this actor's role allows `permission`."""
        return self.role in PERMISSIONS[permission]

    def require(self, permission: Permission) -> None:
        """Raise NotAllowed unless this actor's role allows `permission`."""
        if not self.may(permission):
            raise NotAllowed(f"You may not {permission}.")
