from datetime import UTC, datetime, timedelta

from state.domain.alert_words import crossing_words, every_words, number_words
from state.domain.alerts import AlertKind, Crossing, watched_series
from state.domain.notices import notice_kind, said

AT = datetime(2026, 11, 22, 17, tzinfo=UTC)
PRICE = watched_series("system_prices.system_buy_price_gbp_per_mwh")


def test_a_notice_says_what_when_and_how_far() -> None:
    found = (Crossing(AT - timedelta(hours=3), AT, 201.0), Crossing(AT, AT, 1245.1))
    words = crossing_words(AlertKind.ABOVE, 200.0, PRICE, found, is_last=True)
    kind = notice_kind("alert.crossed")
    assert said(kind.subject, words) == "System price is above 200 £/MWh"
    assert said(kind.sentence, words) == (
        "System price was 1,245.1 £/MWh on 22 Nov 2026, 17:00; you asked to be told when it is "
        "above 200 £/MWh. It was so 2 times in what has come. We tell you no more of this alert "
        "for a day."
    )


def test_numbers_and_steps_are_written_as_people_write_them() -> None:
    assert [number_words(value) for value in (-40.0, 200, 0.25)] == ["−40", "200", "0.25"]
    steps = [timedelta(minutes=5), timedelta(hours=1), timedelta(hours=6), timedelta(days=1)]
    assert [every_words(step) for step in (*steps, timedelta(seconds=15))] == [
        "every 5 minutes", "every hour", "every 6 hours", "every day", "every 15 seconds",
    ]  # fmt: skip
