"""Whether a port of this machine can be listened on."""

import socket


def try_to_listen(port: int) -> None:
    """Listen on the port and stop at once; raises OSError if that is not possible."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", port))


def is_free(port: int) -> bool:
    try:
        try_to_listen(port)
    except OSError:
        return False
    return True
