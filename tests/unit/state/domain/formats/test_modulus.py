import pytest
from hypothesis import given
from hypothesis import strategies as st

from state.domain.field_catalogue import form
from state.domain.formats import account_number, sort_code
from state.domain.formats.modulus import NOT_WORKED_OUT, Modulus, check, made_up_table, read_table

ONES = "1 1 1 1 1 1 1 1 1 1 1 1 1 1"
ACCOUNT_ONLY = "0 0 0 0 0 0 1 1 1 1 1 1 1 1"


@pytest.mark.parametrize(
    ("sort", "account", "said"),
    [
        ("089999", "66374958", Modulus.PASSED),
        ("107999", "88837491", Modulus.PASSED),
        ("107999", "88837493", Modulus.FAILED),
        ("089999", "66374959", Modulus.FAILED),
        ("300000", "66374958", Modulus.NOT_CHECKED),
        ("089999", "6637495", Modulus.NOT_CHECKED),
    ],
)
def test_the_published_vectors(sort, account, said) -> None:
    assert check(sort, account, made_up_table()) is said


def test_the_example_on_the_form_passes() -> None:
    fields = form("bank_account")
    sort = sort_code.normal(fields.field("sort_code").example)
    account = account_number.normal(fields.field("account_number").example)
    assert check(sort, account, made_up_table()) is Modulus.PASSED


@pytest.mark.parametrize(
    ("rows", "account", "good"),
    [
        # 1: 27 is added to the sum of the digits
        (["DBLAL " + ACCOUNT_ONLY + " 1"], "00000003", True),
        (["DBLAL " + ACCOUNT_ONLY + " 1"], "00000010", False),
        # 2: other weights where a is not 0, others again where g is 9; 9: as if of 309634
        (["MOD11 " + ACCOUNT_ONLY + " 2", "MOD11 " + ACCOUNT_ONLY + " 9"], "00000029", True),
        (["MOD11 " + ONES + " 2", "MOD11 " + ONES + " 9"], "00000008", True),  # 3+0+9+6+3+4 + 8
        (["MOD11 " + ONES + " 2"], "10000005", True),  # 1+2+5+3, 6, 5
        (["MOD11 " + ONES + " 2"], "10000090", False),
        (["MOD11 " + ONES + " 2"], "10000098", False),
        (["MOD11 " + ONES + " 2"], "20000096", True),  # 9×3 + 6
        # 3: the second check is left out where c is 6 or 9
        (["MOD11 " + ACCOUNT_ONLY, "DBLAL " + ONES + " 3"], "00600005", True),
        (["MOD11 " + ACCOUNT_ONLY, "DBLAL " + ONES + " 3"], "00500006", False),
        # 4: the remainder is the last two digits
        (["MOD11 0 0 0 0 0 0 1 1 1 1 1 1 0 0 4"], "00000707", True),
        (["MOD11 0 0 0 0 0 0 1 1 1 1 1 1 0 0 4"], "00000708", False),
        # 7: no weight before c where g is 9
        (["MOD10 " + ONES + " 7"], "00000091", True),
        (["MOD10 " + ONES + " 7"], "00000004", True),
        # 8: as if of sort code 090126, whose digits come to 18
        (["MOD10 " + ONES + " 8"], "00000002", True),
        # 10 and 11: either will do; no weight before c for 09….9. and 99….9.
        (["MOD10 " + ONES + " 10", "MOD11 " + ONES + " 11"], "09000091", True),
        (["MOD10 " + ONES + " 10", "MOD11 " + ONES + " 11"], "00000005", True),
        (["MOD10 " + ONES + " 10", "MOD11 " + ONES + " 11"], "00000006", False),
        # 12 and 13: either will do
        (["MOD11 " + ONES + " 12", "MOD10 " + ONES + " 13"], "00000004", True),
        (["MOD11 " + ONES + " 12", "MOD10 " + ONES + " 13"], "00000006", False),
        # 14: the last digit 0, 1 or 9 goes, and the others move up
        (["MOD11 0 0 0 0 0 0 8 7 6 5 4 3 2 1 14"], "00000191", True),
        (["MOD11 0 0 0 0 0 0 8 7 6 5 4 3 2 1 14"], "00000195", False),
        (["MOD11 0 0 0 0 0 0 8 7 6 5 4 3 2 1 14"], "00000181", False),
        # two checks without an exception must both pass
        (["MOD10 " + ONES, "MOD11 " + ONES], "00000004", False),
    ],
)
def test_the_exceptions(rows, account, good) -> None:
    table = read_table("\n".join(f"111111 111111 {row}" for row in rows))
    assert check("111111", account, table) is (Modulus.PASSED if good else Modulus.FAILED)


def test_what_cannot_be_checked_is_said_so() -> None:
    six = read_table("111111 111111 MOD10 " + ONES + " 6")
    assert check("111111", "40000011", six) is Modulus.NOT_CHECKED
    assert check("111111", "00000004", six) is Modulus.PASSED
    assert {5} == NOT_WORKED_OUT
    five = read_table(f"111111 111111 MOD11 {ONES} 5\n111111 111111 DBLAL {ONES} 5")
    assert check("111111", "00000004", five) is Modulus.NOT_CHECKED


def test_a_table_that_is_not_one_is_refused_by_its_line() -> None:
    with pytest.raises(ValueError, match="Line 2 of the table of weights"):
        read_table("# mine\n111111 111111 MOD12 " + ONES)


@given(st.integers(0, 10**8 - 1), st.integers(0, 7), st.integers(1, 9))
def test_a_slip_of_one_digit_is_found(number, place, slip) -> None:
    table = made_up_table()
    account = f"{number:08}"
    slipped = account[:place] + str((int(account[place]) + slip) % 10) + account[place + 1 :]
    passed = [check("089999", each, table) is Modulus.PASSED for each in (account, slipped)]
    assert passed != [True, True]
