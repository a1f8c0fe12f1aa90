"""Backing up the whole record while it is in use, and restoring it where there is none."""

import hashlib
import json
import os
import shutil
import tarfile
import tempfile
from collections.abc import Container, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from state.domain.actor import Actor
from state.domain.datasets import datasets
from state.domain.permissions import Permission
from state.persistence import schema
from state.persistence.database_copy import UncopyableDatabaseError, load_copy, save_copy
from state.persistence.datasets import parts
from state.persistence.folding import replaced_files
from state.persistence.kept_rows import KEPT_ROWS_FILE
from state.persistence.object_store import bring
from state.persistence.transaction import data_directory, engine, reading
from state.services.audit import verify_audit_trail

_KEPT_FOLDERS = ("datasets", "reports", "settlement", "uploads")
_TAKEN_AWAY = "uploads/"
_KEPT_FILES = ("fuels.yaml", KEPT_ROWS_FILE)
_MANIFEST = "manifest.json"
_DATABASE = "database"


class BackupFailedError(Exception):
    """The database could not be copied; says what is missing."""


class RestoreRefusedError(Exception):
    """The archive was not restored; says every reason."""

    def __init__(self, *why: str) -> None:
        """Keep every reason."""
        super().__init__(" ".join(why))
        self.why = why


@dataclass(frozen=True, slots=True)
class BackupFacts:
    """What an archive holds."""

    files: int
    size_bytes: int
    audit_entries: int
    audit_head: str


def back_up(*, actor: Actor, archive: Path) -> BackupFacts:
    """Write database, datasets, reports and uploaded files to one archive.

    The database is copied first, as one picture; the files it names are never changed, and those
    that are folded into others stay for hours, so copying them afterwards is safe while the market
    goes on. What was folded before is left out: it may be removed meanwhile.
    """
    actor.require(Permission.INSTALLATION_RUN)
    verdict = verify_audit_trail(actor=actor)
    with reading() as session:
        replaced = replaced_files(session)  # before the copy: what is folded later, it still names
    with tempfile.TemporaryDirectory(dir=archive.absolute().parent) as room:
        copy = Path(room) / _DATABASE
        try:
            save_copy(engine(), copy)
        except UncopyableDatabaseError as fault:
            raise BackupFailedError(str(fault)) from fault
        with reading() as session:
            bring(part.path for name in datasets() for part in parts(session, name))
        files = {_DATABASE: copy} | dict(
            _held_still(_kept_files(data_directory(), replaced), Path(room))
        )
        manifest = {
            "schema": schema.revision_of(engine()),
            "database": engine().dialect.name,
            "sha256": {name: _digest(path) for name, path in files.items()},
        }
        written = Path(room) / "archive.tar.gz"
        (Path(room) / _MANIFEST).write_text(json.dumps(manifest, indent=1, sort_keys=True))
        with tarfile.open(written, "w:gz", compresslevel=1) as tar:
            tar.add(Path(room) / _MANIFEST, _MANIFEST)
            for name, path in files.items():
                tar.add(path, name)
        size = written.stat().st_size
        written.rename(archive)
    return BackupFacts(len(files), size, verdict.entries, verdict.head)


def restore(*, actor: Actor, archive: Path) -> BackupFacts:
    """Unpack an archive into an installation that holds nothing, and verify all of it.

    Raises:
        RestoreRefusedError: Something is here already, or the archive is not what it was.
    """
    actor.require(Permission.INSTALLATION_RUN)
    home = data_directory()
    _refuse_what_is_here(home)
    home.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home) as room:
        manifest = _unpack(archive, Path(room))
        for name in manifest["sha256"]:
            if name != _DATABASE:
                target = home / name
                target.parent.mkdir(parents=True, exist_ok=True)
                (Path(room) / name).rename(target)
        try:
            load_copy(engine(), Path(room) / _DATABASE)
        except UncopyableDatabaseError as fault:
            raise RestoreRefusedError(str(fault)) from fault
    verdict = verify_audit_trail(actor=actor)
    if verdict.broken_at is not None:
        raise RestoreRefusedError(f"The audit trail is broken at entry {verdict.broken_at}.")
    files = len(manifest["sha256"])
    return BackupFacts(files, archive.stat().st_size, verdict.entries, verdict.head)


def _unpack(archive: Path, room: Path) -> dict[str, Any]:
    try:
        with tarfile.open(archive, "r:gz") as tar:
            manifest: dict[str, Any] = json.loads(_contents(tar, _MANIFEST).read())
            for name in manifest["sha256"]:
                _copy_out(tar, name, room)
    except (tarfile.TarError, OSError, ValueError, EOFError, KeyError) as fault:
        raise RestoreRefusedError(
            f"{archive} is not a whole archive of Kinnect: {fault}"
        ) from fault
    if manifest["database"] != engine().dialect.name:
        raise RestoreRefusedError(
            f"{archive} is of a {manifest['database']} database; this installation uses "
            f"{engine().dialect.name}. Set KINNECT_DATABASE_URL to one of that kind."
        )
    damaged = [
        f"{name} is not as it was written."
        for name, digest in manifest["sha256"].items()
        if not (room / name).is_file() or _digest(room / name) != digest
    ]
    if damaged:
        raise RestoreRefusedError(*damaged)
    return manifest


def _copy_out(tar: tarfile.TarFile, name: str, room: Path) -> None:
    """Only plain files that the manifest names, and only to places inside the room."""
    target = (room / name).resolve()
    if not target.is_relative_to(room.resolve()):
        raise ValueError(f"{name} would be written outside")
    target.parent.mkdir(parents=True, exist_ok=True)
    with _contents(tar, name) as source, target.open("wb") as copy:
        shutil.copyfileobj(source, copy)


def _contents(tar: tarfile.TarFile, name: str) -> IO[bytes]:
    member = tar.getmember(name)
    source = tar.extractfile(member) if member.isreg() else None
    if source is None:
        raise ValueError(f"{name} is no plain file")
    return source


def _refuse_what_is_here(home: Path) -> None:
    here = [folder for folder in _KEPT_FOLDERS if any((home / folder).rglob("*.*"))]
    if here or schema.revision_of(engine()) is not None:
        raise RestoreRefusedError(
            "This installation already holds a record; a restore never overwrites one.",
            "Restore into an empty KINNECT_DATA_DIR (and database), then serve from there.",
        )


def _kept_files(home: Path, replaced: Container[Path]) -> Iterator[tuple[str, Path]]:
    for folder in _KEPT_FOLDERS:
        for path in sorted((home / folder).rglob("*")):
            if path.is_file() and not path.name.startswith(".") and path not in replaced:
                yield str(path.relative_to(home)), path
    for name in _KEPT_FILES:
        if (home / name).is_file():
            yield name, home / name


def _held_still(files: Iterable[tuple[str, Path]], room: Path) -> Iterator[tuple[str, Path]]:
    """Uploaded files may be taken away meanwhile: they are linked first, and left out if gone."""
    for name, path in files:
        if not name.startswith(_TAKEN_AWAY):
            yield name, path
            continue
        kept = room / name
        kept.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):
            try:
                os.link(path, kept)
            except OSError:  # another file system, or gone: then there is nothing to copy either
                shutil.copyfile(path, kept)
            yield name, kept


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
