"""500 signed-in people at one server, beside the same at one: what a read and a write take.

Each opens a websocket as a browser does, with think time between events: 85 % read (account,
contacts, changes, settlement), 15 % write (a change to a contact is prepared and kept as a draft).
Every answer is looked at. Run it as `python tests/bench/bench_sessions.py
[sessions] [seconds]`.
"""

import asyncio
import json
import random
import sys
import tempfile
import time
import uuid
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from click import echo
from websockets.asyncio.client import connect

from state.domain.demo_market.people import demo_people
from tests.served import Served, serving

NAMESPACE = "/_event"
STATE = "reflex___state____state"
PARTY = f"{STATE}.state___ui___party___"
READS = {
    "account": (f"{PARTY}account____account_state.load", "/account"),
    "contacts": (f"{PARTY}contacts____contacts_state.load", "/account/contacts"),
    "changes": (f"{PARTY}changes____changes_state.load", "/account/changes"),
    "settlement": (f"{PARTY}settlement____settlement_state.load", "/settlement"),
}
WRITE = (f"{PARTY}contact____contact_state.keep", "/account/contact")
THINK_SECONDS = 5.0
RAMP_SECONDS = 20.0


@dataclass
class Measured:
    """Seconds by kind of event, and what went wrong."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    wrong: list[str] = field(default_factory=list)


def main() -> None:
    sessions = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    lasts = float(sys.argv[2]) if len(sys.argv) > 2 else 90.0
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder), KINNECT_SIGN_INS_AN_HOUR="100000") as served,
    ):
        echo(f"{'sessions':>9}{'event':>8}{'n':>8}{'p50 ms':>9}{'p95 ms':>9}{'p99 ms':>9}")
        for count in (1, sessions):
            measured = asyncio.run(_crowd(served, count, lasts))
            for kind in ("read", "write"):
                _show(count, kind, measured.seconds[kind])
            echo(
                f"{count:>9}  wrong {len(measured.wrong)}, server {_resident_mb(served.pid):.0f} MB"
            )
            for wrong in measured.wrong[:3]:
                echo(f"           {wrong}")


async def _crowd(served: Served, count: int, lasts: float) -> Measured:
    people = [
        person
        for person in demo_people()
        if person.memberships and person.memberships[0].kind != "viewer"
    ]
    measured = Measured()
    cookies = await _signed_in(served.origin, [one.subject for one in people])
    ends = time.monotonic() + lasts + (RAMP_SECONDS if count > 1 else 0)
    async with asyncio.TaskGroup() as group:
        for number in range(count):
            person = people[number % len(people)]
            wait = RAMP_SECONDS * number / max(count, 2) if count > 1 else 0.0
            group.create_task(
                _person(served, cookies[person.subject], number, wait, ends, measured)
            )
    return measured


async def _signed_in(origin: str, subjects: list[str]) -> dict[str, str]:
    """A cookie each; from a browser each, since signing in ends what a browser had before."""
    cookies = {}
    for subject in subjects:
        async with httpx.AsyncClient() as client:
            answer = await client.post(
                f"{origin}/auth/development",
                data={"person": subject},
                headers={"Origin": origin},
            )
            cookies[subject] = answer.cookies["kinnect"]
    return cookies


async def _person(  # one browser: where, who, which, when it comes and goes, what it sees
    served: Served, cookie: str, number: int, wait: float, ends: float, measured: Measured
) -> None:
    chance = random.Random(number)  # noqa: S311  # the same crowd each time
    await asyncio.sleep(wait)
    token = str(uuid.UUID(int=chance.getrandbits(128)))
    address = served.origin.replace("http", "ws", 1)
    try:
        async with connect(
            f"{address}/_event/?EIO=4&transport=websocket&token={token}",
            additional_headers={"Cookie": f"kinnect={cookie}"},
            origin=served.origin,
            open_timeout=20,
            max_size=None,
        ) as socket:
            await socket.recv()
            await socket.send(f"40{NAMESPACE},")
            await socket.recv()
            await _send(socket, token, f"{STATE}.hydrate", "/", {})
            while time.monotonic() < ends:
                kind = "write" if chance.random() < 0.15 else "read"
                name, path = WRITE if kind == "write" else chance.choice(list(READS.values()))
                began = time.perf_counter()
                said = await _send(
                    socket, token, name, path, _typed(chance) if kind == "write" else {}
                )
                measured.seconds[kind].append(time.perf_counter() - began)
                if "/sign-in" in said or "Something went wrong" in said:
                    measured.wrong.append(f"{path}: {said[:120]}")
                await asyncio.sleep(chance.expovariate(1 / THINK_SECONDS))
    except Exception as fault:  # noqa: BLE001  # every end but the planned one is counted
        measured.wrong.append(f"{type(fault).__name__}: {fault}"[:120])


async def _send(socket, token: str, name: str, path: str, payload: dict) -> str:
    """Send one event, and wait for its first answer."""
    where = {"pathname": path, "asPath": path, "query": {}}
    message = {"token": token, "name": name, "payload": payload, "router_data": where}
    await socket.send(f"42{NAMESPACE},{json.dumps(['event', message])}")
    while True:
        text = str(await asyncio.wait_for(socket.recv(), 30))
        if text == "2":
            await socket.send("3")
        elif text.startswith("42"):
            return text


def _typed(chance: random.Random) -> dict:
    name = f"Load Person {chance.randrange(10**6)}"
    return {
        "typed": {
            "name": name,
            "email": "load@people.example",
            "phone": "01632 960 000",
            "out_of_hours": "no",
            "purposes.general": "on",
        }
    }


def _show(count: int, kind: str, seconds: list[float]) -> None:
    if not seconds:
        return
    ordered = sorted(seconds)
    p50, p95, p99 = (
        1000 * ordered[min(int(len(ordered) * share), len(ordered) - 1)]
        for share in (0.5, 0.95, 0.99)
    )
    echo(f"{count:>9}{kind:>8}{len(ordered):>8}{p50:>9.1f}{p95:>9.1f}{p99:>9.1f}")


def _resident_mb(pid: int) -> float:
    """Of the server and what it started."""
    children = Path(f"/proc/{pid}/task/{pid}/children")
    pids = (
        [pid, *(int(one) for one in children.read_text().split())] if children.exists() else [pid]
    )
    total = 0
    for one in pids:
        for line in Path(f"/proc/{one}/status").read_text().splitlines():
            if line.startswith("VmRSS"):
                total += int(line.split()[1])
    return total / 1024


if __name__ == "__main__":
    main()
