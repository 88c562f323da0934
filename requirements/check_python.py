"""Say in plain words why this Python can't run Earmark, before anything is installed.

Written so that the oldest Python still found on a machine can read it.
"""

from __future__ import print_function

import sys

OLDEST = (3, 11)

TK = """Earmark's window needs Tk, which this Python (%s) lacks. Install it:
  Debian, Ubuntu, Mint:  sudo apt install python3-tk
  Fedora:                sudo dnf install python3-tkinter
  Arch:                  sudo pacman -S tk
  openSUSE:              sudo zypper install python3-tk
  macOS with Homebrew:   brew install python-tk
  pyenv:                 install Tk's headers (Debian: tk-dev), then build this Python anew
Then run make again."""

PIP = """Earmark is set up with pip 22.3 or later, which this Python (%s) lacks. Install it:
  Debian, Ubuntu, Mint:  sudo apt install python3-pip
  Fedora:                sudo dnf install python3-pip
  Arch:                  sudo pacman -S python-pip
  elsewhere:             %s -m ensurepip --upgrade
Then run make again."""


def problem():
    """Return what is wrong with this Python, or None."""
    if sys.version_info[:2] < OLDEST:
        return (
            "Earmark needs Python %d.%d or later; %s is Python %d.%d. Install a newer one "
            "(Debian, Ubuntu: sudo apt install python3.11 python3.11-tk; elsewhere: python.org), "
            "then run make again, or name it: make PYTHON=/path/to/python3.11 run"
        ) % (OLDEST + (sys.executable,) + sys.version_info[:2])
    try:
        import tkinter  # noqa: F401 (only whether it is there)
    except ImportError:
        return TK % sys.executable
    try:
        import pip

        new_enough = tuple(int(part) for part in pip.__version__.split(".")[:2]) >= (22, 3)
    except (ImportError, ValueError):
        new_enough = False
    return None if new_enough else PIP % (sys.executable, sys.executable)


if __name__ == "__main__":
    found = problem()
    if found:
        print(found, file=sys.stderr)
    sys.exit(1 if found else 0)
