"""The facts, speakers and topics that the questions of a file or of a bank can name."""

from dataclasses import dataclass, field

from quizapp.domain.facts.fact import Fact, Speaker, SpeakerKind, Topic
from quizapp.domain.questions.question import Bank, Question


@dataclass(frozen=True, slots=True)
class Pool:
    """What is known by its id."""

    facts: dict[str, Fact] = field(default_factory=dict)
    speakers: dict[str, Speaker] = field(default_factory=dict)
    topics: dict[str, Topic] = field(default_factory=dict)

    def speaker(self, speaker_id: str) -> Speaker:
        """Return a speaker; one that nobody described is called by the id."""
        unknown = Speaker(speaker_id, speaker_id, speaker_id, "named in the file", SpeakerKind.PERSON)
        return self.speakers.get(speaker_id, unknown)

    def topic(self, topic_id: str) -> Topic:
        """Return a topic; one that nobody described is called by the id."""
        return self.topics.get(topic_id, Topic(topic_id, topic_id))


def pool_of(bank: Bank) -> Pool:
    """Return what the questions of a bank can name."""
    return Pool(
        bank.facts_by_id(),
        {speaker.id: speaker for speaker in bank.source.speakers},
        {topic.id: topic for topic in bank.topics},
    )


def by_topic(bank: Bank, types: frozenset[str]) -> list[tuple[Topic, list[Question]]]:
    """Group the questions of these types by topic, in the order in which the topics come up."""
    pool = pool_of(bank)
    groups: dict[str, list[Question]] = {}
    for question in bank.questions:
        if question.type in types:
            groups.setdefault(question.topic, []).append(question)
    return [(pool.topic(topic), questions) for topic, questions in groups.items()]
