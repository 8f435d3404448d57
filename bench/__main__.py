"""`python -m bench [launcher] [accept] [pages]`: measure all, or the named ones."""

import sys

from bench import accept, launcher, machine, pages

SUBJECTS = {"launcher": launcher.run, "accept": accept.run, "pages": pages.run}

if __name__ == "__main__":
    print(machine.described())
    for subject in sys.argv[1:] or list(SUBJECTS):
        for line in SUBJECTS[subject]():
            print(line, flush=True)
