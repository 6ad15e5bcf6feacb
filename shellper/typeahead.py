"""What was typed at the terminal while nobody read it."""

from __future__ import annotations


def drop_typed_ahead() -> bool:
    """Forgets what was typed and not read yet; whether there was anything."""
    import fcntl
    import signal
    import struct
    import termios

    before = signal.signal(signal.SIGTTOU, signal.SIG_IGN)  # the shell may have put the program into the background
    try:
        with open("/dev/tty", "rb", buffering=0) as terminal:  # noqa: PTH123
            waiting = struct.unpack("i", fcntl.ioctl(terminal, termios.FIONREAD, b"\0" * 4))[0]
            termios.tcflush(terminal, termios.TCIFLUSH)
            return bool(waiting)
    except (OSError, termios.error):
        return False
    finally:
        signal.signal(signal.SIGTTOU, before)
