"""`python -m bench [SUBJECT ...]`: all of them, or some."""

import sys

from bench import (
    accept,
    claims,
    clocks,
    cube,
    duties,
    facts,
    grammar,
    journal,
    keys,
    knowing,
    launcher,
    machine,
    match,
    pages,
    release,
    simulate,
    twins,
)

SUBJECTS = {
    "launcher": launcher.run,
    "accept": accept.run,
    "pages": pages.run,
    "facts": facts.run,
    "cube": cube.run,
    "journal": journal.run,
    "keys": keys.run,
    "knowing": knowing.run,
    "match": match.run,
    "simulate": simulate.run,
    "release": release.run,
    "twins": twins.run,
    "claims": claims.run,
    "clocks": clocks.run,
    "duties": duties.run,
    "grammar": grammar.run,
}

if __name__ == "__main__":
    print(machine.described())
    for subject in sys.argv[1:] or list(SUBJECTS):
        for line in SUBJECTS[subject]():
            print(line, flush=True)
