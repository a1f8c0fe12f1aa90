"""Which system calls a locked process may still make, with their numbers on each machine.

Read, memory, threads, clocks and waiting. Whatever is not here is refused: sockets, other programs
and processes, signals, changes to files, the kernel's own doors. Source: Linux `unistd.h` for
x86-64 and for the generic table that arm64 uses; no number of a call that a machine lacks.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Machine:
    """How the kernel names the machine in a filter, and its numbers."""

    audit_number: int
    clone: int
    clone3: int
    allowed: tuple[int, ...]


_NUMBERS: Final[dict[str, tuple[int | None, int | None]]] = {
    "read": (0, 63),
    "write": (1, 64),
    "readv": (19, 65),
    "writev": (20, 66),
    "pread64": (17, 67),
    "open": (2, None),
    "openat": (257, 56),
    "close": (3, 57),
    "lseek": (8, 62),
    "fstat": (5, 80),
    "stat": (4, None),
    "lstat": (6, None),
    "newfstatat": (262, 79),
    "statx": (332, 291),
    "statfs": (137, 43),
    "fstatfs": (138, 44),
    "access": (21, None),
    "faccessat": (269, 48),
    "faccessat2": (439, 439),
    "readlink": (89, None),
    "readlinkat": (267, 78),
    "getcwd": (79, 17),
    "getdents64": (217, 61),
    "fadvise64": (221, 223),
    "brk": (12, 214),
    "mmap": (9, 222),
    "munmap": (11, 215),
    "mremap": (25, 216),
    "mprotect": (10, 226),
    "madvise": (28, 233),
    "futex": (202, 98),
    "set_robust_list": (273, 99),
    "rseq": (334, 293),
    "membarrier": (324, 283),
    "set_tid_address": (218, 96),
    "rt_sigaction": (13, 134),
    "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139),
    "sigaltstack": (131, 132),
    "restart_syscall": (219, 128),
    "sched_yield": (24, 124),
    "sched_getaffinity": (204, 123),
    "getcpu": (309, 168),
    "getpid": (39, 172),
    "gettid": (186, 178),
    "getuid": (102, 174),
    "geteuid": (107, 175),
    "getgid": (104, 176),
    "getegid": (108, 177),
    "getrusage": (98, 165),
    "times": (100, 153),
    "sysinfo": (99, 179),
    "uname": (63, 160),
    "getrandom": (318, 278),
    "gettimeofday": (96, 169),
    "clock_gettime": (228, 113),
    "clock_getres": (229, 114),
    "clock_nanosleep": (230, 115),
    "nanosleep": (35, 101),
    "poll": (7, None),
    "ppoll": (271, 73),
    "exit": (60, 93),
    "exit_group": (231, 94),
}


def _of(place: int) -> tuple[int, ...]:
    found = (numbers[place] for numbers in _NUMBERS.values())
    return tuple(number for number in found if number is not None)


MACHINES: Final = {
    "x86_64": Machine(audit_number=0xC000003E, clone=56, clone3=435, allowed=_of(0)),
    "aarch64": Machine(audit_number=0xC00000B7, clone=220, clone3=435, allowed=_of(1)),
}
"""By the name that the machine gives itself."""
