"""PostgreSQL refuses to run as root; this finds it somebody else to be."""

import ctypes
import os
import pwd
from pathlib import Path

from local_postgres import capabilities
from local_postgres.errors import PostgresError
from local_postgres.folder import Folder

CLONE_NEWUSER = 0x10000000  # linux/sched.h
_STAND_INS = ("postgres", "daemon", "nobody")


def step_down(folder: Folder, programs: Path) -> None:
    """Become a user as whom PostgreSQL runs; raises PostgresError when there is no way.

    A user whom the password file knows (initdb insists on that) stays as it is; root becomes the
    owner of the data if that is somebody else. Else root, or the unknown user, enters a user
    namespace in which its own id goes by another number: files keep their owner and no rights
    change. Where namespaces are forbidden, as in many containers, root hands the data over to a
    real unprivileged user and becomes that.
    """
    user, owner = os.geteuid(), folder.path.stat().st_uid
    if user != 0 and _find(user):
        return
    stand_in = _stand_in()
    if user == 0 and owner != 0:
        _become(folder, programs, _find(owner) or stand_in)
    elif _can_enter_namespace(stand_in):
        _enter_namespace(stand_in)
    elif user == 0:
        _become(folder, programs, stand_in)
    else:
        raise PostgresError(
            f"PostgreSQL needs a user with a name, and user id {user} has none. "
            "Run as a user that /etc/passwd knows."
        )


def _find(user: int) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwuid(user)
    except KeyError:
        return None


def _stand_in() -> pwd.struct_passwd:
    for name in _STAND_INS:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise PostgresError(
        "PostgreSQL does not run as root, and this machine has none of the users "
        f"{', '.join(_STAND_INS)}. Run as another user than root."
    )


def _can_enter_namespace(stand_in: pwd.struct_passwd) -> bool:
    """Tried in a child, because half an entry (a namespace without a map) cannot be undone."""
    child = os.fork()
    if child == 0:
        try:
            _enter_namespace(stand_in)
        except OSError:
            os._exit(1)
        os._exit(0)
    return os.waitpid(child, 0)[1] == 0


def _enter_namespace(stand_in: pwd.struct_passwd) -> None:
    """Raises OSError where the machine forbids it (user_namespaces(7))."""
    outside_user, outside_group = os.geteuid(), os.getegid()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWUSER) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
    Path("/proc/self/uid_map").write_text(f"{stand_in.pw_uid} {outside_user} 1", encoding="ascii")
    Path("/proc/self/gid_map").write_text(f"{stand_in.pw_gid} {outside_group} 1", encoding="ascii")


def _become(folder: Folder, programs: Path, user: pwd.struct_passwd) -> None:
    """Give `user` the data and be that user from now on."""
    try:
        os.setgroups([])
        os.setgid(user.pw_gid)
        right = _right_to_reach(folder, programs, user)
        for place, _, names in os.walk(folder.path):
            for path in (Path(place), *(Path(place, name) for name in names)):
                os.chown(path, user.pw_uid, user.pw_gid, follow_symlinks=False)
        capabilities.become(user.pw_uid, right)
    except PermissionError as error:
        raise PostgresError(
            "PostgreSQL does not run as root, and this machine lets root become nobody else. "
            "Run as another user than root."
        ) from error


def _right_to_reach(folder: Folder, programs: Path, user: pwd.struct_passwd) -> int | None:
    """None if `user` reaches everything as it is, as it does not in the home of root."""
    os.seteuid(user.pw_uid)
    needed = (folder.path.parent, programs / "postgres")
    closed = [path for path in needed if not os.access(path, os.X_OK, effective_ids=True)]
    os.seteuid(0)
    if not closed:
        return None
    right = capabilities.find_passing_right()
    if right is None:
        raise PostgresError(
            f"PostgreSQL does not run as root here, and the user {user.pw_name} cannot reach "
            f"{closed[0]}. Run as another user than root, or from a folder all may enter."
        )
    return right
