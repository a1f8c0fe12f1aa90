from state.domain.actor import ANYONE
from state.domain.permissions import activities_on
from state.ui.public.who_can_do_what import WhoCanDoWhatState
from state.ui.session import clock
from tests.screens import event, screen_at


async def test_a_stranger_reads_the_table_of_today() -> None:
    screen = await screen_at(WhoCanDoWhatState, ANYONE, "/who-can-do-what")
    await event(screen, "load")
    today = clock().date()
    rows = [row for row in screen.company if row["kind"] == "activity"]
    matrix = activities_on(today)
    for row in rows:
        activity = matrix[row["permission"]]
        assert row["viewer"] == activity.rights["viewer"]
        assert row["category_a"] == activity.rights["category_a"]
    headings = [row["words"] for row in screen.company if row["kind"] == "group"]
    assert headings == sorted(set(headings))
    shown = {
        row["words"]
        for part in (screen.company, screen.staff, screen.everybody, screen.machine)
        for row in part
    }
    assert {activity.words for activity in matrix.values()} <= shown
    assert screen.categories[0] == {
        "words": "Authorised for everything (A)",
        "evidence": "Confirmed",
        "tone": "good",
    }


async def test_another_date_is_shown_and_what_is_none_is_said() -> None:
    screen = await screen_at(WhoCanDoWhatState, ANYONE, "/who-can-do-what")
    await event(screen, "choose", {"day_day": "1", "day_month": "2", "day_year": "2006"})
    assert (screen.day, screen.problems) == ("1 Feb 2006", {})
    assert "Technical assurance visits (I)" in [row["words"] for row in screen.categories]
    for form in (
        {},
        None,
        {"day_day": "31", "day_month": "2", "day_year": "2006"},
        {"day_day": "1", "day_month": "1", "day_year": "1066"},
    ):
        await event(screen, "choose", form)
        assert screen.problems == {"day": "Date must be a real date between 2001 and 2100"}
        assert screen.day == "1 Feb 2006"
