from tests.services.saying import SAID_BEFORE


def test_the_tests_that_postgresql_is_spared_are_there_and_are_not_all():
    names = SAID_BEFORE.read_text(encoding="utf-8").split()
    assert len(names) == len(set(names)) > 0
    for name in names:
        file, _, test = name.partition("::")
        assert f"def {test}(" in (SAID_BEFORE.parent / file).read_text(encoding="utf-8"), name
