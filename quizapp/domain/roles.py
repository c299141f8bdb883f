"""Who may do what: one table, read top to bottom."""

from dataclasses import dataclass
from enum import StrEnum

from quizapp.domain.errors import NotAllowed


class Role(StrEnum):
    """What a person is to this installation."""

    GUEST = "guest"
    LEARNER = "learner"
    INSTRUCTOR = "instructor"
    ADMIN = "admin"


class Permission(StrEnum):
    """Something that a role may be allowed to do."""

    TAKE_QUIZ = "take a quiz"
    REVIEW_OWN_HISTORY = "review one's own history"
    WRITE_QUESTIONS = "write questions"


PERMISSIONS: dict[Permission, frozenset[Role]] = {
    Permission.TAKE_QUIZ: frozenset(Role),
    Permission.REVIEW_OWN_HISTORY: frozenset(Role),
    Permission.WRITE_QUESTIONS: frozenset({Role.INSTRUCTOR, Role.ADMIN}),
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
