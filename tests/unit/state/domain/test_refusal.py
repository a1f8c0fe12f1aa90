from state.domain.refusal import Refusal, RefusedError


def test_a_refusal_says_every_reason() -> None:
    refused = RefusedError((Refusal("a", "too long"), Refusal("b", "missing")))
    assert str(refused) == "a: too long; b: missing"
