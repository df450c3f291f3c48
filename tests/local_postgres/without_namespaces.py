"""`without_namespaces.py COMMAND …`: run it as root of a place that allows no user namespaces."""

import ctypes
import os
import sys
from pathlib import Path

CLONE_NEWUSER = 0x10000000


def main() -> None:
    """The limit on namespaces counts per namespace, so one of our own with limit 0 does it."""
    told, tell = os.pipe()
    wait, go = os.pipe()
    child = os.fork()
    if child == 0:
        # Where none can be made in the first place, as in many containers, there is no need to.
        is_inside = ctypes.CDLL(None).unshare(CLONE_NEWUSER) == 0
        os.write(tell, b"y" if is_inside else b"n")
        os.read(wait, 1)
        if is_inside:
            Path("/proc/sys/user/max_user_namespaces").write_text("0")
        os.execvp(sys.argv[1], sys.argv[1:])
    os.close(tell)
    if os.read(told, 1) == b"y":
        for name in ("uid_map", "gid_map"):
            Path(f"/proc/{child}/{name}").write_text("0 0 65536")
    os.write(go, b".")
    sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


if __name__ == "__main__":
    main()
