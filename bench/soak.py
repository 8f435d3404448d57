"""`python -m bench.soak [load | ROUNDS | timing]`: what shows itself only now and then.

`load`, which is done where nothing is said: call-takers and visitors for ten minutes while the servers are killed; ends
with 1 where not all is there, once. A number: the faults of the suite so many times. `timing`: whether the time of an
answer tells of a file that one is shut out of; ends with 1 where it does.
"""

import subprocess
import sys

from bench import machine, soak_load, soak_timing, twins


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


def load() -> int:
    """Lines of figures; 1 where something was lost, or is there twice."""
    print(machine.described(), flush=True)
    try:
        for line in soak_load.run():
            print(line, flush=True)
    except soak_load.Unequal as told:
        print(told, flush=True)
        return 1
    return 0


if __name__ == "__main__":
    wanted = sys.argv[1] if len(sys.argv) > 1 else "load"
    ways = {"load": load, "timing": timing}
    sys.exit(ways[wanted]() if wanted in ways else faults(int(wanted)))
