"""A password that is asked for again: guesses are counted as at the sign-in form, also for who holds a session."""

from quizapp.domain.errors import TooMany
from quizapp.domain.security_events import SecurityEvent
from quizapp.runtime import runtime
from quizapp.services import lock_out
from quizapp.services.accounts import Account
from quizapp.services.security_log import log_event
from quizapp.web.accounts.passwords import is_password_of
from quizapp.web.accounts.sources import this_try

WAIT_SECONDS = int(lock_out.WINDOW.total_seconds())


def knows_password(account: Account, typed: str) -> bool:
    """Say whether somebody knows the password of their account. Raises TooMany after too many wrong ones."""
    tried = this_try(account.sign_in_name)
    with runtime().writing() as database:
        taken = lock_out.take_try(database, tried, runtime().now())
    if not taken:
        raise TooMany("There were too many wrong passwords. Wait 15 minutes.", seconds=WAIT_SECONDS)
    right = is_password_of(account, typed)
    with runtime().writing() as database:
        if right:
            lock_out.forgive(database, tried)
        else:
            log_event(database, SecurityEvent.SIGN_IN_REFUSED, runtime().now(), actor_id=account.id)
    return right
