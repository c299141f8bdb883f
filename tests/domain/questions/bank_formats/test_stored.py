import json

from quizapp.domain.questions.bank_formats.json_format import fact_to_json, source_to_json
from quizapp.domain.questions.bank_formats.stored import fact_from_text, source_from_text
from tests.factories import make_bank


def test_facts_and_sources_come_back_as_they_were_stored():
    bank = make_bank()
    assert source_from_text(json.dumps(source_to_json(bank.source))) == bank.source
    for fact in bank.facts:
        found = fact_from_text(json.dumps(fact_to_json(fact, bank.source)))
        assert (found.id, found.text, found.speaker, found.paragraphs) == (
            fact.id,
            fact.text,
            fact.speaker,
            fact.paragraphs,
        )
