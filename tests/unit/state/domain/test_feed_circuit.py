from datetime import UTC, datetime, timedelta

from state.domain.feed_circuit import Circuit, CircuitState, after_failure, after_success

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def failed(times: int) -> Circuit:
    circuit = Circuit()
    for _ in range(times):
        circuit = after_failure(circuit, NOW)
    return circuit


def test_it_opens_after_three_failures_rests_longer_each_time_and_an_hour_at_most() -> None:
    rests = [failed(times).open_until for times in range(1, 9)]
    minutes = [rest and (rest - NOW) / timedelta(minutes=1) for rest in rests]
    assert minutes == [None, None, 5, 10, 20, 40, 60, 60]


def test_it_lets_one_try_through_when_it_has_rested() -> None:
    circuit = failed(3)
    assert failed(2).state(NOW) is CircuitState.CLOSED
    assert circuit.state(NOW + timedelta(minutes=4)) is CircuitState.OPEN
    assert circuit.state(NOW + timedelta(minutes=5)) is CircuitState.HALF_OPEN
    assert after_success().state(NOW) is CircuitState.CLOSED


def test_it_never_opens_sooner_than_the_service_asked() -> None:
    later = NOW + timedelta(hours=2)
    assert after_failure(Circuit(), NOW, not_before=later).open_until == later
    soon = NOW + timedelta(seconds=7)
    assert after_failure(failed(2), NOW, not_before=soon).open_until == NOW + timedelta(minutes=5)
