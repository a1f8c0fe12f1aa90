from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from state.domain.identity_check import (
    WORDS,
    ClaimedPerson,
    IdentityAnswer,
    ProviderStatus,
    found,
    note_refusals,
    status_at,
    verified_until,
)

TODAY = date(2026, 11, 21)
ADA = ClaimedPerson("Ada Lund", date(1984, 3, 27))
SURE = IdentityAnswer(ProviderStatus.VERIFIED, "medium", "Ada Eva", "Lund", date(1984, 3, 27))


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({}, "verified"),
        ({"assurance_level": "high"}, "verified"),
        ({"assurance_level": "low"}, "level_low"),
        ({"assurance_level": ""}, "level_low"),
        ({"family_name": "Lunde"}, "name_differs"),
        ({"given_name": "Eva"}, "name_differs"),
        ({"given_name": "", "family_name": ""}, "name_differs"),
        ({"born_on": date(1984, 3, 28)}, "birth_differs"),
        ({"born_on": None}, "birth_differs"),
        ({"status": ProviderStatus.FAILED}, "failed"),
        ({"status": ProviderStatus.ABANDONED}, "abandoned"),
        ({"status": ProviderStatus.UNAVAILABLE}, "unavailable"),
    ],
)
def test_who_the_provider_confirms_is_who_they_say(changed, code) -> None:
    came_to = found(replace(SURE, **changed), ADA, today=TODAY)
    assert (came_to.code, came_to.is_verified) == (code, code == "verified")
    assert came_to.code in WORDS


def test_without_a_date_of_birth_the_name_alone_is_compared() -> None:
    assert found(SURE, replace(ADA, born_on=None), today=TODAY).is_verified


def test_a_proof_counts_until_its_day_and_a_link_until_its_moment() -> None:
    at = datetime(2026, 11, 21, 12, tzinfo=UTC)
    until = verified_until(TODAY)
    assert until == date(2028, 11, 21)
    for day, status in ((21, "verified"), (22, "expired")):
        later = datetime(2028, 11, day, tzinfo=UTC)
        assert status_at("verified", expires_at=at, until=until, now=later) == status
    assert status_at("asked", expires_at=at, until=None, now=at) == "expired"
    assert status_at("failed", expires_at=at, until=None, now=at) == "failed"


def test_a_decision_by_hand_says_what_was_seen() -> None:
    assert [reason.field for reason in note_refusals("")] == ["note"]
    assert note_refusals("Seen by video.") == ()
