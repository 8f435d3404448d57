"""`python -m bench.soak [ROUNDS]`: the faults of the suite again and again, for what shows itself only now and then."""

import subprocess
import sys

from bench import twins

if __name__ == "__main__":
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    for line in twins.run():
        print(line, flush=True)
    for number in range(1, rounds + 1):
        print(f"round {number} of {rounds}", flush=True)
        done = subprocess.run([sys.executable, "-m", "pytest", "tests/faults", "tests/postgres", "-q"], check=False)
        if done.returncode:
            sys.exit(done.returncode)
