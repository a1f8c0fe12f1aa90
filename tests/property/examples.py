"""How many examples a law is tried on: few each time it is tested, many in `make laws`."""

import os
from typing import Final

_TIMES: Final = int(os.environ.get("LAWS_TIMES", "1"))


def examples(few: int) -> int:
    """So many of `few` as whoever runs the tests asks for."""
    return few * _TIMES
