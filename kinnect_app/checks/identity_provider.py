"""Who checks identities: what any provider can be asked, and the one for development."""

from typing import Final, Protocol

from kinnect_app.settings import settings
from state.domain.identity_check import ClaimedPerson, IdentityAnswer, ProviderStatus


class IdentityProvider(Protocol):
    """A provider of identity checks. It is given a try of ours by its id, and sends people back."""

    @property
    def key(self) -> str:
        """Its name, as people read it."""

    def start(self, reference: str, claimed: ClaimedPerson, return_to: str) -> str:
        """The address to send the person to; they come back to `return_to` in the end."""

    def result(self, reference: str) -> IdentityAnswer:
        """What was found; `UNAVAILABLE` where the provider cannot be asked now."""


class DevelopmentProvider:
    """Checks nobody: it sends people straight back, and answers by their family name alone.

    Everybody is who they say, but for those whose family name is one of `ANSWERS`.
    """

    key: Final = "Development provider (checks nobody)"

    def __init__(self) -> None:
        """Know of no try."""
        self._tries: dict[str, ClaimedPerson] = {}

    def start(self, reference: str, claimed: ClaimedPerson, return_to: str) -> str:
        """Straight back."""
        self._tries[reference] = claimed
        return return_to

    def result(self, reference: str) -> IdentityAnswer:
        """Who they said they are, or what their family name stands for."""
        claimed = self._tries.pop(reference, None)
        if claimed is None:
            return IdentityAnswer(ProviderStatus.UNAVAILABLE)
        *given, family = claimed.name.split()
        if answer := ANSWERS.get(family.casefold()):
            return answer
        return IdentityAnswer(
            ProviderStatus.VERIFIED, "medium", " ".join(given), family, claimed.born_on
        )


ANSWERS: Final = {
    "unverified": IdentityAnswer(ProviderStatus.FAILED),
    "abandoned": IdentityAnswer(ProviderStatus.ABANDONED),
    "another": IdentityAnswer(ProviderStatus.VERIFIED, "medium", "Somebody", "Else"),
    "unsure": IdentityAnswer(ProviderStatus.VERIFIED, "low", "Some", "Unsure"),
}
"""By family name: what the development provider answers for trying each way out."""

_DEVELOPMENT: Final = DevelopmentProvider()


def identity_provider() -> IdentityProvider | None:
    """Who checks identities here; none in production, where staff do it by hand until one is."""
    return _DEVELOPMENT if settings().env == "development" else None
