"""A walk through the list of questions, changing many at once, and the history of one."""

from collections.abc import Iterator
from dataclasses import replace

from playwright.sync_api import Page

from quizapp.domain.questions.authored import Draft
from quizapp.domain.questions.question_types.question_type import Distractor
from quizapp.domain.questions.question_types.single_choice import SingleChoiceBody
from quizapp.domain.roles import Role
from quizapp.services import quizzes
from quizapp.services.studio import questions
from quizapp.services.studio.bulk import carry_out_bulk
from quizapp.services.studio.bulk_plan import Action, Order, plan_bulk
from quizapp.services.studio.storing import Saving
from tests.browser.class_states import sign_in
from tests.browser.clicks import follow
from tests.browser.live_server import LiveServer
from tests.people import add_person
from tests.services.taking import answer

DRAFT = Draft(
    type="single_choice",
    line="The article gives 15 tons as the weight of the aid that came at last.",
    paragraph=9,
    speaker=None,
    topic="",
    stem="In the article, how much did the aid that came at last weigh?",
    body=SingleChoiceBody(
        "15 tons",
        (
            Distractor("25 tons", "The article has another weight for it, in paragraph 9."),
            Distractor("40 tons", "That is what the flour weighed."),
        ),
    ),
)


def states_of_managing(page: Page, server: LiveServer) -> Iterator[str]:
    """Find, tag, archive and weigh questions, then look at the history of one; yield the name of each state."""
    now, bank = server.clock(), server.bank.name
    draft = replace(DRAFT, topic=server.bank.topics[0].id)
    with server.runtime.writing() as session:
        actor = add_person(session, Role.INSTRUCTOR, "Ines Instructor", now)
        saving = Saving({"negative-stem": "The negative is what the paragraph is about."})
        own = questions.add_question(session, actor, bank, draft, "own-managed", now, saving)
        attempt = quizzes.try_question(session, actor, own, 1, now)
        answer(session, actor, attempt, 1, now=now)
        edited = replace(draft, stem="In the article, what was the weight of the aid that came at last?")
        questions.edit_question(session, actor, own, edited, "own-managed-2", 1, now)
        for action, value in ((Action.TAG, "exam week"), (Action.WEIGH, "2"), (Action.REVIEW, "2020-01-01")):
            order = Order(action, (own,), value)
            carry_out_bulk(session, actor, order, plan_bulk(session, actor, order).fingerprint, now)
    sign_in(page, server, actor)
    page.goto(f"{server.url}/studio/questions?words=the")
    yield "questions"
    page.goto(f"{server.url}/studio/{bank}/questions?words=nowhere-to-be-found&type=single_choice")
    yield "questions-none"
    page.goto(f"{server.url}/studio/{bank}/questions?state=all")
    page.locator("details.peek").first.locator("summary").click()
    page.locator("[name=question]").nth(0).click()
    page.locator("[name=question]").nth(3).click(modifiers=["Shift"])
    yield "questions-chosen"
    follow(page.get_by_role("button", name="Tag", exact=True))
    yield "questions-not-tagged"
    page.get_by_label("Tag", exact=True).last.fill("Exam")
    follow(page.get_by_role("button", name="Stop asking"))
    yield "bulk-some"
    follow(page.get_by_role("button", name="Stop asking"))
    yield "questions-done"
    page.goto(f"{server.url}/questions/{own}/history")
    yield "history-of-a-question"
    follow(page.get_by_role("link", name="Bring back"))
    yield "history-restore"
    follow(page.get_by_role("button", name="Bring it back"))
    yield "history-not-restored"
    page.get_by_label("A typo").check()
    follow(page.get_by_role("button", name="Bring it back"))
    yield "history-restored"
