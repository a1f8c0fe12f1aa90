"""Building the front end when what it is made of has changed, and only then."""

import gzip
import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_BUILT = ROOT / ".web/build/client"
_PACKAGES = ROOT / "reflex.lock/package.json"
_STAMP = _BUILT.parent / "kinnect-stamp"
_SOCKET_ORIGIN = "location.origin.replace(/^http/,`ws`)"
_MADE_OF = ("components", "kinnect_app/pages", "state/ui", "state/domain", "assets", "reflex.lock")
_ALONE = ("rxconfig.py", "kinnect_app/kinnect_app.py", "kinnect_app/routes.py")


class BuildFailedError(Exception):
    """The front end could not be built; holds what the builder said."""


def is_built() -> bool:
    """Whether the front end is there and made of exactly what stands in the tree now."""
    return _STAMP.is_file() and _STAMP.read_text("utf-8") == fingerprint()


def build() -> None:
    """Compile the pages and bundle them, with the JavaScript runtime of the environment.

    Raises:
        BuildFailedError: With the last lines of the builder.
    """
    before, listed = fingerprint(), _PACKAGES.read_text("utf-8")
    done = subprocess.run(  # our own interpreter, our own arguments
        [sys.executable, "-m", "reflex", "export", "--frontend-only", "--no-zip"],
        cwd=ROOT,
        env=_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0 or not (_BUILT / "index.html").is_file():
        raise BuildFailedError("\n".join((done.stdout + done.stderr).splitlines()[-25:]))
    _keep_as_committed(listed)
    _ask_the_browser_for_the_address()
    _STAMP.write_text(before, "utf-8")


def fingerprint() -> str:
    """A hash over everything that the built pages depend on."""
    digest = hashlib.sha256(version("reflex").encode())
    for path in _sources():
        digest.update(str(path.relative_to(ROOT)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _keep_as_committed(listed: str) -> None:
    """Undo a change of layout alone: a first build writes the same list of packages on one line."""
    if json.loads(_PACKAGES.read_text("utf-8")) == json.loads(listed):
        _PACKAGES.write_text(listed, "utf-8")


def _ask_the_browser_for_the_address() -> None:
    """Let one build serve at any address.

    Reflex writes the address it was compiled for into one small file; the browser knows better.
    """
    for path in (_BUILT / "assets").glob("reflex-env-*.js"):
        text = path.read_text("utf-8")
        for scheme, here in (("http", "location.origin"), ("ws", _SOCKET_ORIGIN)):
            text = re.sub(rf"`{scheme}://[^/`]*(/[^`]*)`", rf"{here}+`\1`", text)
        path.write_text(text, "utf-8")
        path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(text.encode(), mtime=0))


def _sources() -> Iterator[Path]:
    for folder in _MADE_OF:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts and "external" not in path.parts:
                yield path
    for name in _ALONE:
        yield ROOT / name


def _environment() -> dict[str, str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    return {
        **os.environ,
        "PATH": path,
        "REFLEX_CHECK_LATEST_VERSION": "false",
        "REFLEX_USE_SYSTEM_BUN": "true",
        "REFLEX_DIR": str(ROOT / ".reflex"),
        "PYTHONWARNINGS": "ignore",
    }
