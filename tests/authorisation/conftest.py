"""The world is built once and shared: whoever writes in it puts it back."""

import pytest

from tests.authorisation.house import House


@pytest.fixture(scope="session")
def house(template_database, tmp_path_factory):
    made = House(template_database, tmp_path_factory.mktemp("world"))
    yield made
    made.close()
