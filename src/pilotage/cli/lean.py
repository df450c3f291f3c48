"""Settings of the interpreter and the C library for a process that reads pages in many threads."""

import contextlib
import ctypes
import gc
import sys

# From malloc.h; glibc keeps an arena for each thread, and does not give back what is freed there.
_M_ARENA_MAX, _M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -8, -1, -3
_ARENAS = 2
# A page is about a megabyte, and the next one takes the same place: to hand each back to the system
# and fetch it again costs more than to parse it. What is larger than that goes back at once.
_LARGE, _LEFT_OVER = 4 * 1024 * 1024, 16 * 1024 * 1024
# A thread that writes to the database must not wait long for one that renders the next page.
_SWITCH_SECONDS = 0.0005
# Pages are made of many small objects and no cycles: looked for less often, garbage costs less.
_COLLECT_AFTER = (10_000, 20, 50)


def be_lean() -> None:
    """Keep memory from growing with the number of threads (with glibc), and collect garbage less.

    Call it when the program is loaded: what is there by then is not looked at any more.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_COLLECT_AFTER)
    sys.setswitchinterval(_SWITCH_SECONDS)
    with contextlib.suppress(AttributeError, OSError):
        mallopt = ctypes.CDLL(None).mallopt
        mallopt(_M_ARENA_MAX, _ARENAS)
        mallopt(_M_MMAP_THRESHOLD, _LARGE)
        mallopt(_M_TRIM_THRESHOLD, _LEFT_OVER)
