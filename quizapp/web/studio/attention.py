"""What needs attention, on top of the studio's first page and, with each thing listed, on a page of its own."""

from flask import Blueprint, render_template

from quizapp.domain.roles import Actor, Permission
from quizapp.runtime import runtime
from quizapp.services.studio import attention
from quizapp.services.studio.attention import Attention
from quizapp.web.visitors import require_actor

blueprint = Blueprint("attention", __name__, url_prefix="/studio")


def counted(actor: Actor) -> Attention:
    """Count what needs somebody's attention, for a page that includes `studio/attention.html`. One statement."""
    with runtime().reading() as database:
        return attention.attention(database, actor, runtime().now().date())


@blueprint.get("/attention")
def page() -> str:
    """List the facts and sources that want to be mended; drafts and reports have pages of their own."""
    actor, today = require_actor(), runtime().now().date()
    actor.require(Permission.WRITE_QUESTIONS)
    with runtime().reading() as database:
        found = attention.attention(database, actor, today)
        facts = attention.lacking_facts(database, actor, today) if found.no_place or found.past_review else []
        sources = attention.lacking_sources(database, actor) if found.sources else []
    return render_template("studio/lacking.html", attention=found, facts=facts, sources=sources)
