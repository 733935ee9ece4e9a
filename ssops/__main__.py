"""Start of `ssops`. The version is answered before anything else is imported."""

from __future__ import annotations

import gc
import os
import sys

from ssops import __version__


def main() -> int:
    """Run the command line of this process and give its exit code."""
    arguments = sys.argv[1:]
    if arguments == ["--version"] and _say_version():
        return 0
    # What a run loads is kept to its end and has next to no cycles: looking through it again and again is lost time.
    gc.set_threshold(500_000)
    from ssops.cli import boundary

    return boundary.run(arguments)


def _say_version() -> bool:
    """Print the version; False where stdout is closed, full or gone: then it is a command line like any other."""
    try:
        os.write(1, f"ssops {__version__}\n".encode())  # past `sys.stdout`, which would try once more at the end
    except OSError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
