"""Programs that push rows of public datasets, in words."""


def publisher_words(name: str, person: str, *, adds: bool) -> str:
    """`Let the program Prices push rows, for Isla Webberley`."""
    if adds:
        return f"Let the program {name} push rows, for {person}"
    return f"End the program {name}, which pushes rows for {person}"
