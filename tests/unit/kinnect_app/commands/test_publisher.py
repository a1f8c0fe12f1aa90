from click.testing import CliRunner

from kinnect_app.commands.publisher import publisher
from state.domain.permissions import StaffRole
from state.persistence.models.person import PersonRow, StaffRoleRow
from state.persistence.transaction import transaction
from tests.market import NOW, SINCE, tiny_market


def test_a_program_is_let_in_listed_and_ended_at_the_console(database) -> None:
    market, run = tiny_market(), CliRunner()
    with transaction() as session:
        email = session.get_one(PersonRow, market.people["sid"]).email
    refused = run.invoke(publisher, ["add", "Prices", "--for", email])
    assert refused.exit_code == 1
    assert "acts_for: Nobody with that address takes data in" in refused.stderr
    with transaction() as session:
        role = {"person_id": market.people["sid"], "role": StaffRole.INSIGHTS_PUBLISHER}
        session.add(StaffRoleRow(**role, since=SINCE, created_at=NOW, updated_at=NOW))
    made = run.invoke(publisher, ["add", "Prices", "--for", email, "--from", "192.0.2.0/24"])
    assert made.exit_code == 0, made.output
    assert "client_secret  kin_" in made.stdout
    line = run.invoke(publisher, ["list"]).stdout
    assert f"Prices  for {email}" in line
    assert "secret" not in line
    assert run.invoke(publisher, ["end", line.split()[0]]).stdout == "Prices pushes no more rows.\n"
    assert run.invoke(publisher, ["end", line.split()[0]]).exit_code == 1
