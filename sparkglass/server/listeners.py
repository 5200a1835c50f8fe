"""Who listens on a port of this machine, where the system tells (Linux)."""

from __future__ import annotations

from pathlib import Path

# The state of a socket that waits for connections (include/net/tcp_states.h).
_LISTEN = "0A"
# Addresses that answer for 127.0.0.1, as the kernel writes them: itself and every address, IPv4, IPv6 and one in the other.
_LOCAL = {
    "0100007F",
    "00000000",
    "0" * 32,
    "0000000000000000FFFF00000100007F",
    "0000000000000000FFFF000000000000",
}


def owners(port: int, folder: Path = Path("/proc/net")) -> set[int] | None:
    """The users whose processes listen on a port of 127.0.0.1.

    Returns
    -------
    set or None
        Of user ids, empty when nobody listens; None where the system has no such table.
    """
    tables = []
    for name in ("tcp", "tcp6"):
        try:
            tables.append((folder / name).read_text("ascii"))
        except (OSError, ValueError):
            continue
    if not tables:
        return None
    found = set()
    for line in (line for table in tables for line in table.splitlines()[1:]):
        fields = line.split()
        if len(fields) > 7 and fields[3] == _LISTEN:
            address, _, number = fields[1].rpartition(":")
            if int(number, 16) == port and address in _LOCAL:
                found.add(int(fields[7]))
    return found
