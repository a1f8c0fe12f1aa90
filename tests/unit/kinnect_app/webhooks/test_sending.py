import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer

import httpx
import pytest
from standardwebhooks import Webhook

from kinnect_app.settings import worker_settings
from kinnect_app.webhooks import delivery as rounds
from kinnect_app.webhooks import sending
from kinnect_app.webhooks.sending import UndeliveredError, send
from state.persistence.webhooks import new_signing_secret
from state.services import webhooks
from state.services.webhook_deliveries import DeliveryToSend
from state.ui.session import clock
from tests.market import tiny_market
from tests.programs import ann

SECRET = new_signing_secret()


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        self.server.got.append((dict(self.headers), body))
        status = {"/moved": 302, "/broken": 500}.get(self.path, 200)
        self.send_response(status)
        self.send_header("Location", "http://127.0.0.1:1/")
        self.end_headers()
        if self.path == "/long":
            self.wfile.write(b"x" * 1_000_000)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def receiver(socket_enabled, monkeypatch):
    server = HTTPServer(("127.0.0.1", 0), _Handler)
    server.got = []
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    monkeypatch.setenv("KINNECT_WEBHOOK_ALLOW", f"127.0.0.1:{server.server_port}")
    worker_settings.cache_clear()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()
    worker_settings.cache_clear()


def to(url: str) -> DeliveryToSend:
    return DeliveryToSend(1, "msg_1", url, '{"type": "webhook.ping"}', SECRET)


def at(server, path="/") -> DeliveryToSend:
    return to(f"http://127.0.0.1:{server.server_port}{path}")


def test_it_arrives_signed(receiver) -> None:
    assert send(at(receiver), clock()) == "it answered 200"
    [(headers, body)] = receiver.got
    assert Webhook(SECRET).verify(body, headers) == {"type": "webhook.ping"}
    assert headers["webhook-id"] == "msg_1"


def test_where_rows_are_read_is_told_as_the_outside_writes_it(receiver, monkeypatch) -> None:
    monkeypatch.setenv("KINNECT_PUBLIC_URL", "https://kinnect.example")
    worker_settings.cache_clear()
    told = '{"type": "dataset.published", "data": {"rows": 2, "url": "/api/v1/x?sql=1"}}'
    send(replace(at(receiver), payload=told), clock())
    [(headers, body)] = receiver.got
    data = Webhook(SECRET).verify(body, headers)["data"]
    assert data == {"rows": 2, "url": "https://kinnect.example/api/v1/x?sql=1"}


def test_it_is_not_led_elsewhere(receiver) -> None:
    with pytest.raises(UndeliveredError, match="302"):
        send(at(receiver, "/moved"), clock())
    assert len(receiver.got) == 1


def test_a_long_answer_is_cut_off_and_a_bad_one_is_a_failure(receiver) -> None:
    assert send(at(receiver, "/long"), clock()) == "it answered 200"
    with pytest.raises(UndeliveredError, match="500"):
        send(at(receiver, "/broken"), clock())


@pytest.mark.parametrize("production", [True, False])
def test_this_machine_is_reached_by_no_address_that_is_not_named(
    receiver, monkeypatch, production
) -> None:
    named = f"127.0.0.1:{receiver.server_port}" if production else "127.0.0.1:1"
    monkeypatch.setenv("KINNECT_WEBHOOK_ALLOW", named)
    monkeypatch.setenv("KINNECT_ENV", "production" if production else "development")
    worker_settings.cache_clear()
    for scheme, host in (("http", "127.0.0.1"), ("https", "127.0.0.1"), ("https", "localhost")):
        with pytest.raises(UndeliveredError):
            send(to(f"{scheme}://{host}:{receiver.server_port}/"), clock())
    assert receiver.got == []


def test_the_peer_that_we_are_connected_to_has_the_last_word() -> None:
    class Stream:
        def get_extra_info(self, _name):
            return ("10.0.0.1", 443)

    answer = httpx.Response(200, extensions={"network_stream": Stream()})
    with pytest.raises(UndeliveredError, match="not public"):
        sending._check_peer(answer, is_own=False)


def test_a_round_sends_what_is_due_and_notes_how_it_went(receiver, database, monkeypatch) -> None:
    market = tiny_market()
    base = f"http://127.0.0.1:{receiver.server_port}"
    monkeypatch.setattr(webhooks.OWN_HOSTS, "names", frozenset({base.removeprefix("http://")}))
    where = {"actor": ann(market), "organisation_id": market.organisations["ALPHA"]}
    for path in ("/good", "/broken"):
        public_id = webhooks.add_webhook(
            **where, url=base + path, events=["change.applied"], now=clock()
        )
        webhooks.ping_webhook(**where, public_id=public_id, now=clock())
    assert rounds.deliver(clock()) == 1
    good, broken = webhooks.webhooks_of(**where)
    assert good.deliveries[0].delivered_at is not None
    assert broken.deliveries[0].last_answer == "it answered 500"
    assert broken.failing_since is not None
