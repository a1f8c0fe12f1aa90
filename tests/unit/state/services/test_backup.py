import io
import os
import tarfile
from pathlib import Path

import pytest

from state.domain.actor import CONSOLE_OPERATOR as CONSOLE
from state.domain.actor import NotAllowedError
from state.domain.permissions import Capacity
from state.persistence.uploaded_files import put_upload, upload_path
from state.services import backup
from state.services.backup import RestoreRefusedError
from tests.changing import contact_sent
from tests.databases import installation
from tests.market import tiny_market


def filled(home: Path) -> None:
    market = tiny_market()
    ann = market.acting("ann", "ALPHA", Capacity.CATEGORY_A)
    contact_sent(ann, name="Dora Ellis")
    part = home / "datasets" / "x" / "2026-10" / "part.parquet"
    part.parent.mkdir(parents=True)
    part.write_bytes(b"some rows")
    put_upload("a-file", b"some bytes")


def test_what_was_backed_up_is_what_is_restored(database: Path, tmp_path_factory) -> None:
    filled(database)
    folder = tmp_path_factory.mktemp("elsewhere")
    made = backup.back_up(actor=CONSOLE, archive=folder / "kinnect.tar.gz")
    assert (made.files, made.audit_entries) == (3, 4)
    with installation(folder / "new"):
        found = backup.restore(actor=CONSOLE, archive=folder / "kinnect.tar.gz")
        assert (found.audit_entries, found.audit_head) == (4, made.audit_head)
        restored = folder / "new" / "datasets" / "x" / "2026-10" / "part.parquet"
        assert restored.read_bytes() == b"some rows"
        assert upload_path("a-file").read_bytes() == b"some bytes"
        with pytest.raises(RestoreRefusedError, match="already holds a record"):
            backup.restore(actor=CONSOLE, archive=folder / "kinnect.tar.gz")


def test_on_postgresql_too(
    postgresql: Path, postgresql_cluster, tmp_path_factory, monkeypatch
) -> None:
    monkeypatch.setenv("PATH", str(postgresql_cluster.binaries), prepend=os.pathsep)
    filled(postgresql)
    folder = tmp_path_factory.mktemp("elsewhere")
    made = backup.back_up(actor=CONSOLE, archive=folder / "kinnect.tar.gz")
    with (
        postgresql_cluster.database("template0") as url,
        installation(folder / "new", url),
    ):
        found = backup.restore(actor=CONSOLE, archive=folder / "kinnect.tar.gz")
        assert (found.audit_entries, found.audit_head) == (4, made.audit_head)


def test_a_damaged_archive_is_refused_and_nothing_is_restored(database, tmp_path_factory) -> None:
    filled(database)
    folder = tmp_path_factory.mktemp("elsewhere")
    good, bad = folder / "good.tar.gz", folder / "bad.tar.gz"
    backup.back_up(actor=CONSOLE, archive=good)
    _rewritten(good, bad, lambda name, data: (name, b"x" if name.endswith(".parquet") else data))
    outside = folder / "outside.tar.gz"
    _rewritten(good, outside, _pointing_outside)
    cut = folder / "cut.tar.gz"
    cut.write_bytes(good.read_bytes()[:500])
    with installation(folder / "new"):
        for archive, why in (
            (bad, "not as it was written"),
            (outside, "would be written outside"),
            (cut, "not a whole archive"),
        ):
            with pytest.raises(RestoreRefusedError, match=why):
                backup.restore(actor=CONSOLE, archive=archive)
            assert not (folder / "new" / "datasets").exists()


def test_only_the_console_backs_up(database, tmp_path: Path) -> None:
    market = tiny_market()
    with pytest.raises(NotAllowedError):
        backup.back_up(
            actor=market.acting("ann", "ALPHA", Capacity.CATEGORY_A), archive=tmp_path / "x"
        )


def _rewritten(source: Path, to: Path, change) -> None:
    with tarfile.open(source) as old, tarfile.open(to, "w:gz") as new:
        for member in old.getmembers():
            name, data = change(member.name, old.extractfile(member).read())
            member.name, member.size = name, len(data)
            new.addfile(member, io.BytesIO(data))


def _pointing_outside(name: str, data: bytes) -> tuple[str, bytes]:
    old, new = "datasets/x/2026-10/part.parquet", "../../../../evil"
    return name.replace(old, new), data.replace(old.encode(), new.encode())


def test_what_is_taken_away_while_it_is_backed_up_is_left_out(tmp_path: Path) -> None:
    there, gone = tmp_path / "there.bin", tmp_path / "gone.bin"
    there.write_bytes(b"some bytes")
    listed = [("uploads/there.bin", there), ("uploads/gone.bin", gone)]
    held = dict(backup._held_still(listed, tmp_path / "room"))
    there.unlink()
    assert {name: path.read_bytes() for name, path in held.items()} == {
        "uploads/there.bin": b"some bytes"
    }
