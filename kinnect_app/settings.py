"""What the doors need to know, read once from the environment; unfit settings stop the start."""

import os
from functools import cache
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

_LEAST_SECRET = 32
_HOT_RELOAD = "http://localhost:3000"
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def origin_of(public_url: str, port: int) -> str:
    """Scheme, host and port that browsers see, where none was set: this machine."""
    return (public_url or f"http://localhost:{port}").rstrip("/")


class Settings(BaseSettings):
    """Every setting begins with `KINNECT_`.

    A secret may be a file of that name (in small letters) in the folder `KINNECT_SECRETS_DIR`.
    """

    model_config = SettingsConfigDict(env_prefix="KINNECT_", env_ignore_empty=True)

    env: Literal["production", "development"] = "production"
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)
    public_url: str = ""
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: SecretStr = SecretStr("")
    oidc_second_factors: str = "mfa otp hwk swk fido face fpt sms tel"
    oidc_acr_values: str = ""
    staff_factors: str = ""
    session_secret: SecretStr = SecretStr("")
    developing: bool = False
    trusted_proxy_hops: int = Field(default=0, ge=0, le=5)
    operator_name: str = "the Operator"
    public_forms_an_hour: int = Field(default=30, ge=1)
    sign_ins_an_hour: int = Field(default=600, ge=1)
    requests_a_minute: int = Field(default=1200, ge=1)
    events_a_minute: int = Field(default=1200, ge=1)
    worker: Literal["embedded", "none"] = "embedded"
    webhook_allow: str = ""

    @property
    def origin(self) -> str:
        """Scheme, host and port that browsers see; everything is compared with this, exactly."""
        return origin_of(self.public_url, self.port)

    @property
    def own_origins(self) -> frozenset[str]:
        """Every origin a page of ours may come from: on a developer's machine also 127.0.0.1."""
        if self.public_host != "localhost":
            return frozenset({self.origin})
        pages = {_HOT_RELOAD} if self.developing else set()
        return frozenset({self.origin, self.origin.replace("//localhost", "//127.0.0.1"), *pages})

    @property
    def doors_at(self) -> str:
        """What stands before `/auth/…` on a page: nothing, but for a developer's hot reload."""
        return self.origin if self.developing else ""

    @property
    def pages_at(self) -> str:
        """What stands before a page's path when a door leads there."""
        return _HOT_RELOAD if self.developing else ""

    @property
    def public_host(self) -> str:
        """The host name of the origin, without the port."""
        return urlsplit(self.origin).hostname or ""

    @property
    def is_https(self) -> bool:
        """Whether browsers reach us over TLS."""
        return self.origin.startswith("https://")

    @property
    def has_oidc(self) -> bool:
        """Whether an identity provider is configured."""
        return bool(self.oidc_issuer)

    @property
    def second_factors(self) -> frozenset[str]:
        """Any of these in a token's `amr` says that there was a second factor."""
        return frozenset(self.oidc_second_factors.split())

    @property
    def acr_values(self) -> frozenset[str]:
        """Any of these in a token's `acr` or `acrs` says so too; the provider is asked for them."""
        return frozenset(self.oidc_acr_values.split())

    @property
    def factors_of_staff(self) -> frozenset[str]:
        """One of these staff must have used; any will do while none is named."""
        return frozenset(self.staff_factors.split())

    @property
    def development_sign_in(self) -> bool:
        """Whether people of the demo market may be chosen at sign-in, with no password."""
        return self.env == "development" and not self.has_oidc

    @property
    def own_webhook_hosts(self) -> frozenset[str]:
        """Hosts with ports of a developer's own that webhooks may go to; elsewhere none."""
        return webhook_hosts(self.webhook_allow, self.env)

    @property
    def cookie(self) -> str:
        """The name of the session cookie: over TLS it is bound to this host and to Secure."""
        return "__Host-kinnect" if self.is_https else "kinnect"

    @model_validator(mode="after")
    def _fit_to_serve(self) -> Self:
        problems = [*self._oidc_problems(), *self._environment_problems()]
        if problems:
            raise ValueError(" ".join(problems))
        return self

    def _oidc_problems(self) -> list[str]:
        if not self.has_oidc:
            half = self.oidc_client_id or self.oidc_client_secret.get_secret_value()
            return (
                ["KINNECT_OIDC_ISSUER is missing beside the other OIDC settings."] if half else []
            )
        problems = []
        if not self.oidc_client_id:
            problems.append("KINNECT_OIDC_CLIENT_ID is missing.")
        problems.extend(
            f"KINNECT_{name.upper()} must have {_LEAST_SECRET} characters or more."
            for name in ("oidc_client_secret", "session_secret")
            if len(getattr(self, name).get_secret_value()) < _LEAST_SECRET
        )
        if not self.second_factors | self.acr_values:
            problems.append("KINNECT_OIDC_SECOND_FACTORS or KINNECT_OIDC_ACR_VALUES must name one.")
        if urlsplit(self.oidc_issuer).scheme != "https" and self.env == "production":
            problems.append("KINNECT_OIDC_ISSUER must be https in production.")
        return problems

    def _environment_problems(self) -> list[str]:
        if self.env == "development":
            if self.development_sign_in and not {self.host, self.public_host} <= LOOPBACK:
                return [
                    (
                        "The development sign-in is for this machine only: bind to 127.0.0.1 and "
                        "leave KINNECT_PUBLIC_URL at localhost, or configure OIDC."
                    )
                ]
            return []
        problems = []
        if not self.has_oidc:
            problems.append(
                "In production an identity provider is needed: set KINNECT_OIDC_ISSUER, "
                "KINNECT_OIDC_CLIENT_ID and KINNECT_OIDC_CLIENT_SECRET; or set "
                "KINNECT_ENV=development on your own machine."
            )
        if not self.is_https:
            problems.append("KINNECT_PUBLIC_URL must be an https:// address in production.")
        return problems


def webhook_hosts(allowed: str, env: str) -> frozenset[str]:
    """The hosts with ports that are named; in production nobody's."""
    return frozenset(allowed.split()) if env == "development" else frozenset()


class WorkerSettings(BaseSettings):
    """What `kinnect worker` needs to know; it serves nobody and needs nothing of the others."""

    model_config = SettingsConfigDict(env_prefix="KINNECT_", env_ignore_empty=True)

    worker_id: str = Field(default="worker", pattern=r"^[A-Za-z0-9_.-]{1,60}$")
    executor: Literal["in-process", "pool", "dask"] = "in-process"
    executor_workers: int = Field(default=2, ge=1, le=256)
    dask_scheduler: str = ""
    run_stalled_after_seconds: float = Field(default=300, gt=0)
    env: Literal["production", "development"] = "production"
    webhook_allow: str = ""
    port: int = Field(default=8000, ge=1, le=65535)
    public_url: str = ""

    @property
    def origin(self) -> str:
        """Where the addresses that webhooks are told begin."""
        return origin_of(self.public_url, self.port)

    @property
    def own_webhook_hosts(self) -> frozenset[str]:
        """Hosts with ports of a developer's own that webhooks may go to; elsewhere none."""
        return webhook_hosts(self.webhook_allow, self.env)


@cache
def worker_settings() -> WorkerSettings:
    """The worker's settings.

    Raises:
        ValueError: One is not what it may be; every reason is in the message.
    """
    return WorkerSettings()


@cache
def settings() -> Settings:
    """The settings of this process.

    Raises:
        ValueError: They contradict each other or are not safe; every reason is in the message.
    """
    secrets = os.environ.get("KINNECT_SECRETS_DIR")
    return Settings(_secrets_dir=Path(secrets) if secrets else None)  # type: ignore[call-arg]
