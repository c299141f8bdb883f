import pytest

from tests.services.saying import SAID_BEFORE, name_of


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave to the long tests what says to PostgreSQL only what others say; a new test is asked on both at once."""
    said_before = set(SAID_BEFORE.read_text(encoding="utf-8").split())
    for item in items:
        is_ours = SAID_BEFORE.parent in item.path.parents
        if is_ours and item.get_closest_marker("postgres") and name_of(item) in said_before:
            item.add_marker(pytest.mark.long)


@pytest.fixture
def database_url(either_database_url: str) -> str:
    """Every service is asked on SQLite and on PostgreSQL."""
    return either_database_url
