"""`python -m lint [--why]`: findings one a line, exit 1 where there are any."""

import sys
from pathlib import Path

from lint import files
from lint.rules import RULES, check

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: list[str]) -> int:
    """Look through the repository; `--why` prints every rule with its reason instead."""
    if "--why" in arguments:
        for rule in RULES:
            print(f"{rule.code} {rule.reason}")
        return 0
    findings = sorted(check(files.sources(ROOT)))
    for finding in findings:
        print(finding)
    reasons = {rule.code: rule.reason for rule in RULES}
    for code in sorted({finding.code for finding in findings}):
        print(f"{code}: {reasons[code]}")
    print(f"lint: {len(findings)} findings" if findings else "lint: clean")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
