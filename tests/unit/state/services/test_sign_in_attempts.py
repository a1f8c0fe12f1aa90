from datetime import timedelta

from state.services import sign_in_attempts
from tests.market import NOW

MINUTE = timedelta(minutes=1)


def test_an_attempt_is_kept_for_its_time_and_forgotten_when_it_comes_back(database) -> None:
    sign_in_attempts.remember(key="a", data="1", now=NOW, lasts=10 * MINUTE)
    sign_in_attempts.remember(key="b", data="2", now=NOW, lasts=10 * MINUTE)
    assert sign_in_attempts.recall(key="a", now=NOW + 9 * MINUTE) == "1"
    assert sign_in_attempts.recall(key="a", now=NOW + 10 * MINUTE) is None
    sign_in_attempts.forget(key="a")
    assert sign_in_attempts.recall(key="a", now=NOW) is None
    assert sign_in_attempts.recall(key="b", now=NOW) == "2"


def test_what_has_run_out_is_swept_away(database) -> None:
    sign_in_attempts.remember(key="old", data="1", now=NOW, lasts=MINUTE)
    sign_in_attempts.remember(key="new", data="2", now=NOW + 2 * MINUTE, lasts=MINUTE)
    assert sign_in_attempts.recall(key="old", now=NOW) is None
