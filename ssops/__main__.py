"""Start of `ssops`. The version is answered before anything else is imported."""

from __future__ import annotations

import gc
import sys

from ssops import __version__


def main() -> int:
    """Run the command line of this process and give its exit code."""
    arguments = sys.argv[1:]
    if arguments == ["--version"]:
        sys.stdout.write(f"ssops {__version__}\n")
        return 0
    # What a run loads is kept to its end and has next to no cycles: looking through it again and again is lost time.
    gc.set_threshold(500_000)
    from ssops.cli import boundary

    return boundary.run(arguments)


if __name__ == "__main__":
    sys.exit(main())
