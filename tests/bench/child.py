"""One contender in a process of its own: ``python -m tests.bench.child NAME``.

It answers each line on standard input, the path of a clip, by a line of JSON: the seconds of CPU
that the clip took, all threads together, and the peak of the process's memory so far, in MB.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from pathlib import Path

MISSING = 3  # the exit status where the contender's library isn't there


def main(name: str) -> int:
    # Before numpy: whoever takes several threads is to be compared with whoever takes one.
    for library in ("OMP", "OPENBLAS", "MKL", "NUMEXPR", "NUMBA", "VECLIB"):
        os.environ[f"{library}_NUM_THREADS"] = "1"
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # some libraries print to standard output
    import numpy as np

    from tests.bench.contenders import CONTENDERS

    try:
        extract = CONTENDERS[name]()
    except ImportError:
        return MISSING
    for line in sys.stdin:
        y = np.load(line.rstrip("\n"), allow_pickle=False)
        before = time.process_time()
        extract(y)
        seconds = time.process_time() - before
        print(json.dumps({"seconds": seconds, "peak": peak()}), file=answers, flush=True)
    return 0


def peak() -> float:
    """Return the most memory that this process ever held, MB."""
    status = Path("/proc/self/status")
    if status.exists():  # getrusage would count what the process held that started this one
        told = dict(line.split(":", 1) for line in status.read_text().splitlines())
        return int(told["VmHWM"].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
