"""What the kernel takes from a process for good: files, network, other processes, time, memory.

Plain calls of Linux: Landlock (no file but those named), seccomp (no system call but those named)
and resource limits. None of them needs a privilege, and none can be taken back.
"""

import ctypes
import os
import platform
import resource
import signal
import struct
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from state.persistence.sandbox.system_calls import MACHINES, Machine

_MEGABYTE: Final = 1024**2
_ROOM_MEGABYTES: Final = 1024
"""Of addresses, beyond the engine's memory: stacks, libraries, what is reserved and never used."""
_MOST_OPEN_FILES: Final = 8192

_SET_PARENT_DEATH_SIGNAL: Final = 1
_SET_NO_NEW_PRIVILEGES: Final = 38
_SET_SECCOMP: Final = 22
_SECCOMP_FILTER: Final = 2

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_ASK_VERSION: Final = 1
_PATH_BENEATH: Final = 1
_READ_FILE: Final = 1 << 2
_FILE_RIGHTS_OF_VERSION: Final = ((1, 13), (2, 14), (3, 15), (5, 16))
"""From which version of Landlock on how many rights over files are known (the lowest bits)."""
_NETWORK_SINCE, _SCOPES_SINCE = 4, 6

_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _REFUSE, _KILL = 0x7FFF0000, 0x00050001, 0x80000000
_NOT_KNOWN: Final = 0x00050026  # ENOSYS: the C library then makes threads the older way
_OTHER_KIND_OF_CALL: Final = 0x40000000
_NUMBER_AT, _MACHINE_AT, _FIRST_ARGUMENT_AT = 0, 4, 16
_NEW_THREAD: Final = 0x00010000


class NotLockedError(RuntimeError):
    """The kernel cannot take all of it; what the process was to do must not begin."""


def begin_alone() -> None:
    """Die with whoever started us, gain no rights, yield to everyone else."""
    if sys.platform == "linux":
        _prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)
        _prctl(_SET_NO_NEW_PRIVILEGES, 1)
    os.nice(10)


def limit_resources(*, memory_megabytes: int, seconds: int) -> None:
    """Hard limits: memory, processor time, open files; not one byte into a file, and no core."""
    memory = (_held_megabytes() + memory_megabytes + _ROOM_MEGABYTES) * _MEGABYTE
    limits = {
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_CPU: seconds + 1,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NOFILE: _MOST_OPEN_FILES,
        resource.RLIMIT_CORE: 0,
    }
    for kind, wanted in limits.items():
        held = resource.getrlimit(kind)[1]
        most = wanted if held == resource.RLIM_INFINITY else min(wanted, held)
        resource.setrlimit(kind, (most, most))


def lock(readable: Sequence[Path]) -> None:
    """From here on these files can be read, threads made and open pipes used; nothing else.

    Raises:
        NotLockedError: This kernel or machine lacks what that takes.
    """
    machine = MACHINES.get(platform.machine())
    if sys.platform != "linux" or machine is None:
        raise NotLockedError(f"{sys.platform} on {platform.machine()}")
    _leave_files(readable)
    _leave_calls(machine)


def _held_megabytes() -> int:
    """The addresses that the process has now; where nothing says, a guess."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    except OSError:
        return _ROOM_MEGABYTES
    return pages * resource.getpagesize() // _MEGABYTE


def _leave_files(readable: Sequence[Path]) -> None:
    version = _syscall(_CREATE_RULESET, None, 0, _ASK_VERSION)
    rights = max(count for since, count in _FILE_RIGHTS_OF_VERSION if since <= version)
    network = 0b11 if version >= _NETWORK_SINCE else 0
    scopes = 0b11 if version >= _SCOPES_SINCE else 0
    wanted = struct.pack("=QQQ", (1 << rights) - 1, network, scopes)
    known = wanted[: 8 * (1 + (version >= _NETWORK_SINCE) + (version >= _SCOPES_SINCE))]
    ruleset = _syscall(_CREATE_RULESET, known, len(known), 0)
    for path in readable:
        file = os.open(path, os.O_PATH | os.O_CLOEXEC)
        _syscall(_ADD_RULE, ruleset, _PATH_BENEATH, struct.pack("=Qi", _READ_FILE, file), 0)
        os.close(file)
    _syscall(_RESTRICT_SELF, ruleset, 0)
    os.close(ruleset)


def _leave_calls(machine: Machine) -> None:
    program = [
        _step(_LOAD, _MACHINE_AT),
        *_if(_EQUAL, machine.audit_number, skip=1),
        _step(_RETURN, _KILL),
        _step(_LOAD, _NUMBER_AT),
        *_answer(_AT_LEAST, _OTHER_KIND_OF_CALL, _REFUSE),
        *(step for number in machine.allowed for step in _answer(_EQUAL, number, _ALLOW)),
        *_answer(_EQUAL, machine.clone3, _NOT_KNOWN),
        *_if(_EQUAL, machine.clone, skip=1),
        _step(_RETURN, _REFUSE),
        _step(_LOAD, _FIRST_ARGUMENT_AT),
        *_answer(_ANY_BIT, _NEW_THREAD, _ALLOW),
        _step(_RETURN, _REFUSE),
    ]
    steps = ctypes.create_string_buffer(b"".join(program))
    filter_ = ctypes.create_string_buffer(struct.pack("@HP", len(program), ctypes.addressof(steps)))
    _prctl(_SET_SECCOMP, _SECCOMP_FILTER, ctypes.addressof(filter_))


def _answer(test: int, value: int, answer: int) -> tuple[bytes, bytes]:
    """Where the test holds, this answer; else on."""
    return struct.pack("=HBBI", test, 0, 1, value), _step(_RETURN, answer)


def _if(test: int, value: int, *, skip: int) -> tuple[bytes]:
    """Where the test holds, past the next steps."""
    return (struct.pack("=HBBI", test, skip, 0, value),)


def _step(code: int, value: int) -> bytes:
    return struct.pack("=HBBI", code, 0, 0, value)


def _prctl(option: int, *values: int) -> None:
    given = [ctypes.c_ulong(value) for value in (*values, 0, 0, 0, 0)[:4]]
    if ctypes.CDLL(None, use_errno=True).prctl(option, *given):
        raise NotLockedError(f"prctl {option}: {os.strerror(ctypes.get_errno())}")


def _syscall(number: int, *arguments: int | bytes | None) -> int:
    library = ctypes.CDLL(None, use_errno=True)
    library.syscall.restype = ctypes.c_long
    given = [ctypes.c_long(one) if isinstance(one, int) else one for one in arguments]
    answer = int(library.syscall(ctypes.c_long(number), *given))
    if answer < 0:
        raise NotLockedError(f"system call {number}: {os.strerror(ctypes.get_errno())}")
    return answer
