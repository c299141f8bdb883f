import pytest


@pytest.fixture
def database_url(either_database_url: str) -> str:
    """Every service is asked on SQLite and on PostgreSQL."""
    return either_database_url
