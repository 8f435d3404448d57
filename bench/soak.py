"""`python -m bench.soak [ROUNDS | timing]`: what shows itself only now and then.

A number: the faults of the suite so many times (10). `timing`: whether the time of an answer tells of a file that one
is shut out of; ends with 1 where it does.
"""

import subprocess
import sys

from bench import soak_timing, twins


def faults(rounds: int) -> int:
    """The faults of the suite again and again; the exit code of the first round that fails."""
    for line in twins.run():
        print(line, flush=True)
    for number in range(1, rounds + 1):
        print(f"round {number} of {rounds}", flush=True)
        done = subprocess.run([sys.executable, "-m", "pytest", "tests/faults", "tests/postgres", "-q"], check=False)
        if done.returncode:
            return done.returncode
    return 0


def timing() -> int:
    """Each address with its AUC; 1 where the time of one tells."""
    try:
        soak_timing.run()
    except soak_timing.TimeTells as told:
        print(told, flush=True)
        return 1
    return 0


if __name__ == "__main__":
    wanted = sys.argv[1] if len(sys.argv) > 1 else "10"
    sys.exit(timing() if wanted == "timing" else faults(int(wanted)))
