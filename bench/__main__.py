"""Run the benchmarks: `python -m bench` all of them, `python -m bench live` one."""

import argparse
import importlib
import sys

from bench import report

MODULES = ("live", "slow", "site", "autodiff")
APART = ("hub",)  # in an environment of its own, so only when it is named


def main() -> int:
    """Measure, write docs/benchmarks.md, print the same, and return 1 when a gate fails."""
    every = (*MODULES, *APART)
    parser = argparse.ArgumentParser(prog="python -m bench", description=main.__doc__)
    parser.add_argument("names", nargs="*", help=f"which ones: {', '.join(every)}; {', '.join(MODULES)} by default")
    parser.add_argument("--dry", action="store_true", help="print only, don't write docs/benchmarks.md")
    options = parser.parse_args()
    if unknown := set(options.names) - set(every):
        parser.error(f"no benchmark named {', '.join(sorted(unknown))}; there are: {', '.join(every)}")
    failed = []
    for name in options.names or MODULES:
        outcome = importlib.import_module(f"bench.{name}").run()
        section = outcome.section()
        print(section)
        if not options.dry:
            report.write(name, section)
        failed += [gate for gate in outcome.gates if not gate.holds]
    for gate in failed:
        print(f"gate failed: {' | '.join(gate.row())}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
