from datetime import date

from state.domain.access import capacity_of, end_refusals, kind_refusals
from state.domain.actor import Authorisation
from state.domain.permissions import Capacity

TODAY = date(2026, 11, 22)


def why(**changed):
    given = {"on": TODAY, "today": TODAY, "nobody_left": False} | changed
    return [(one.field, one.reason) for one in end_refusals("ALPHA ENERGY LTD", **given)]


def test_access_ends_today_or_later_and_never_of_the_last_category_a() -> None:
    assert why() == []
    assert [field for field, _ in why(on=None)] == ["on"]
    assert why(on=date(2026, 11, 21), nobody_left=True) == [
        ("on", "Access cannot end in the past. Enter today or a later day"),
        (
            "",
            (
                "ALPHA ENERGY LTD must always have a Category A signatory. "
                "Choose a replacement first"
            ),
        ),
    ]


def test_a_viewer_becomes_an_assistant_and_nothing_else() -> None:
    assert kind_refusals("viewer", "assistant") == ()
    assert kind_refusals("viewer", "signatory")
    assert kind_refusals("signatory", "viewer")


def test_a_signatory_is_what_their_categories_make_of_them() -> None:
    assert capacity_of("assistant", []) is Capacity.ASSISTANT
    assert capacity_of("signatory", []) is Capacity.VIEWER
    assert capacity_of("signatory", [Authorisation("F")]) is Capacity.SIGNATORY
    assert capacity_of("signatory", [Authorisation("A", "TG")]) is Capacity.SIGNATORY
    assert capacity_of("signatory", [Authorisation("A")]) is Capacity.CATEGORY_A
