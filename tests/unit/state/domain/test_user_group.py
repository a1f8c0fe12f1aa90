from state.domain.user_group import Newcomer, refusals, tidied


def test_a_newcomer_is_tidied_and_taken() -> None:
    told = tidied(Newcomer(" Ada  Lund ", "Ada@X.Example", "", ("programs", "none", "data")))
    assert told == Newcomer("Ada Lund", "Ada@x.example", "", ("data", "programs"))
    assert refusals(told) == ()


def test_every_problem_is_told_at_once() -> None:
    bad = Newcomer("", "ada@", "x" * 161, ())
    assert [one.field for one in refusals(tidied(bad))] == [
        "name",
        "email",
        "organisation",
        "interests",
    ]
