"""How far the property tests of the domain search."""

from hypothesis import settings

settings.register_profile("quizapp", max_examples=60, deadline=None)
settings.load_profile("quizapp")
