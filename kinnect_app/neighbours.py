"""Whom we ask or tell: the mail server, a virus scanner, the register, the public data service."""

import os
from functools import cache
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from kinnect_app.settings import LOOPBACK, origin_of


class MailSettings(BaseSettings):
    """Where mail is handed in. Without a host nothing is sent, and mail waits."""

    model_config = SettingsConfigDict(env_prefix="KINNECT_", env_ignore_empty=True)

    port: int = Field(default=8000, ge=1, le=65535)
    public_url: str = ""
    smtp_host: str = ""
    smtp_port: int = Field(default=587, ge=1, le=65535)
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    smtp_from: str = ""
    smtp_starttls: bool = True

    @property
    def origin(self) -> str:
        """What stands before a path in a mail: where browsers reach us."""
        return origin_of(self.public_url, self.port)

    @model_validator(mode="after")
    def _fit_to_send(self) -> Self:
        if not self.smtp_host:
            return self
        if not self.smtp_from:
            raise ValueError("KINNECT_SMTP_FROM is missing: the address that mail comes from.")
        if not self.smtp_starttls and self.smtp_host not in LOOPBACK:
            raise ValueError(
                "KINNECT_SMTP_STARTTLS can be off for a mail server on this machine alone."
            )
        return self


class ScanSettings(BaseSettings):
    """Who looks for viruses in what is uploaded: the socket of a clamd, or its host and port.

    Without one nobody does.
    """

    model_config = SettingsConfigDict(env_prefix="KINNECT_", env_ignore_empty=True)

    virus_scanner: str = Field(default="", pattern=r"^(/.+|[A-Za-z0-9.-]+:\d{1,5}|)$")


@cache
def scan_settings() -> ScanSettings:
    """Who looks for viruses; a scanner that is neither path nor host with port is a ValueError."""
    return ScanSettings()


class RegisterSettings(BaseSettings):
    """Where the register of companies is asked. Without a key people look at each check.

    In development, without a key, a small register of made-up companies stands in.
    """

    model_config = SettingsConfigDict(env_prefix="KINNECT_", env_ignore_empty=True)

    env: Literal["production", "development"] = "production"
    companies_house_key: SecretStr = SecretStr("")
    companies_house_url: str = "https://api.company-information.service.gov.uk"

    @model_validator(mode="after")
    def _fit_to_ask(self) -> Self:
        if self.env == "production" and urlsplit(self.companies_house_url).scheme != "https":
            raise ValueError("KINNECT_COMPANIES_HOUSE_URL must be https in production.")
        return self


class FeedSettings(BaseSettings):
    """Where the public data service is asked. Without an address it is not asked at all."""

    model_config = SettingsConfigDict(env_prefix="KINNECT_", env_ignore_empty=True)

    env: Literal["production", "development"] = "production"
    feed_url: str = ""

    @property
    def public_only(self) -> bool:
        """Whether the service must be on the public net; a developer's own may be anywhere."""
        return self.env == "production"

    @model_validator(mode="after")
    def _fit_to_ask(self) -> Self:
        if not self.feed_url:
            return self
        parts = urlsplit(self.feed_url)
        fit = parts.scheme == "https" or (parts.scheme == "http" and self.env == "development")
        if not fit or not parts.hostname or parts.username or parts.query or parts.fragment:
            raise ValueError(
                "KINNECT_FEED_URL must be the https address of the public data service, such as "
                "https://data.elexon.co.uk/bmrs/api/v1, with no name or password."
            )
        return self


@cache
def feed_settings() -> FeedSettings:
    """Where the public data service is asked.

    Raises:
        ValueError: The address is not safe.
    """
    return FeedSettings()


@cache
def register_settings() -> RegisterSettings:
    """Where the register of companies is asked.

    Raises:
        ValueError: The address is not safe.
    """
    secrets = os.environ.get("KINNECT_SECRETS_DIR")
    return RegisterSettings(_secrets_dir=Path(secrets) if secrets else None)  # type: ignore[call-arg]


@cache
def mail_settings() -> MailSettings:
    """Where mail is handed in.

    Raises:
        ValueError: The settings contradict each other or are not safe.
    """
    secrets = os.environ.get("KINNECT_SECRETS_DIR")
    return MailSettings(_secrets_dir=Path(secrets) if secrets else None)  # type: ignore[call-arg]
