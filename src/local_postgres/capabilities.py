"""Changing the user without losing the right to pass through closed folders (capabilities(7))."""

import ctypes
import os
import struct
from pathlib import Path

DAC_OVERRIDE, DAC_READ_SEARCH, SETPCAP = 1, 2, 8  # linux/capability.h
VERSION_3 = 0x20080522
PR_SET_SECUREBITS, PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE = 28, 47, 2  # linux/prctl.h
SECBIT_NO_SETUID_FIXUP = 4  # linux/securebits.h


def find_passing_right() -> int | None:
    """The smallest right this process has that lets it pass any folder, if it has one."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("CapPrm:"))
    permitted = int(line.split()[1], 16)
    rights = [right for right in (DAC_READ_SEARCH, DAC_OVERRIDE) if permitted >> right & 1]
    return rights[0] if rights and permitted >> SETPCAP & 1 else None


def become(user: int, right: int | None) -> None:
    """Be `user` from now on; keep one `right`, also in the programs that are started later.

    Raises OSError where that is forbidden.
    """
    if right is None:
        os.setuid(user)
        return
    libc = ctypes.CDLL(None, use_errno=True)
    # Rights stay when the user changes, and access(2), which initdb asks, counts them as well.
    _check(libc.prctl(PR_SET_SECUREBITS, SECBIT_NO_SETUID_FIXUP, 0, 0, 0))
    os.setuid(user)
    # Effective, permitted, inheritable: of the rights 0 to 31, then of the others.
    rights = ctypes.create_string_buffer(struct.pack("=6I", *[1 << right] * 3, 0, 0, 0))
    _check(libc.capset(ctypes.create_string_buffer(struct.pack("=Ii", VERSION_3, 0)), rights))
    _check(libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, right, 0, 0))


def _check(result: int) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
