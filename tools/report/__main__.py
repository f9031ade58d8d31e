"""Which mistakes did a class make? `make report FOLDER=...` says it for the notebooks that were handed in."""

import argparse
import os
import sys
from pathlib import Path

from tqdm.auto import tqdm

from tools.notebooks import ROOT
from tools.report import apart, marks, votes
from tools.report.chapters import chapters
from tools.report.handins import handins
from tools.report.page import page
from tools.report.run import Limits, run
from tools.report.table import Store, rows, tallies, write_csv, write_feedback

REFUSED = """Nothing was run. Students' code has to be kept apart from this machine, and here it can't be: {why}.
Use a Linux where users may make namespaces, or a container without a network that is thrown away, and in there say
UNSAFE=1 (--unsafe): then only limits of time, memory and files hold, and code can read what you can read."""


def main(arguments: list[str] | None = None) -> int:
    """Judge the notebooks in a folder and write the report; return 0, or 1 where nothing could be run."""
    parser = argparse.ArgumentParser(prog="python -m tools.report", description=__doc__)
    parser.add_argument("folder", type=Path, help="folder or zip file with the notebooks, one folder for each student")
    parser.add_argument("--out", type=Path, help="where the report goes; build/report/<name of the folder> by default")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="processes at a time")
    parser.add_argument("--seconds", type=float, default=Limits.cell, help="that one cell may take")
    parser.add_argument("--again", action="store_true", help="run all of them, also those with a known result")
    parser.add_argument("--votes", type=Path, nargs="+", default=[], help="votes that decks have saved (votes-*.csv)")
    parser.add_argument("--unsafe", action="store_true", help="run without namespaces, behind limits alone")
    options = parser.parse_args(arguments)
    try:
        found = handins(options.folder, list(chapters()))
    except ValueError as error:
        sys.exit(str(error))
    if not options.unsafe and (why := apart.why_not()):
        sys.exit(REFUSED.format(why=why))
    out = options.out or ROOT / "build" / "report" / options.folder.resolve().stem
    out.mkdir(parents=True, exist_ok=True)
    if options.again:
        (out / "results.jsonl").unlink(missing_ok=True)
    store = Store(out / "results.jsonl")
    left = {one.digest: one for one in found if not one.problem and store.get(one) is None}
    with tqdm(total=len(left), unit="notebook", desc="Checking", disable=not left) as bar:

        def done(handin, result) -> None:
            store.put(handin, result)
            bar.update()

        limits = Limits(options.seconds, 4 * options.seconds)
        run(list(left.values()), done, options.unsafe, options.workers, limits)
    table = rows((one, ([], "") if one.problem else store.get(one)) for one in found)
    counted, students = tallies(table), len({row.student for row in table})
    troubles = [f"{row.student}: {row.file}: {row.said}" for row in table
                if not row.exercise or row.verdict == "stopped"]  # fmt: skip
    saved = [*options.votes, *(options.folder.rglob("votes-*.csv") if options.folder.is_dir() else ())]
    voted, strange = votes.read(saved)
    troubles += strange
    write_csv(table, out / "mistakes.csv")
    marks.write(table, out)
    write_feedback(table, out / "feedback")
    (out / "troubles.txt").write_text("".join(f"{line}\n" for line in troubles), encoding="utf-8")
    (out / "index.html").write_text(page(counted, students, len(troubles), votes.section(voted)), encoding="utf-8")
    for tally in counted:
        worst = f"; {tally.mistakes[0][1]} times: {tally.mistakes[0][0]}" if tally.mistakes else ""
        print(f"{tally.task.label}: {tally.verdicts['right']} of {tally.students} right{worst}")
    print("".join(f"{line}\n" for line in troubles), end="")
    for vote in voted:
        print(f"{vote.name} {vote.question} {votes.told(vote)}")
    print(f"{out / 'index.html'}; beside it mistakes.csv, moodle.csv, canvas.csv and feedback for {students} students")
    return 0


if __name__ == "__main__":
    sys.exit(main())
