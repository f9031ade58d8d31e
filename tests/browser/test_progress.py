"""In JupyterLab, what a reader did is there again after the kernel has gone."""

import json

from lectureutils import progress

from .conftest import notebook_of

QUESTION = 'predict("Which?", {"this": "because", "that": "no"}, answer="this")'
CELLS = [
    "from lectureutils import checks\nfrom lectureutils.live import predict, progress_map",
    QUESTION,
    "checks.line(lambda x, w, b: w * x + b)",
    "progress_map()",
]


def test_answers_and_solutions_are_remembered_and_forgotten(lab):
    with lab.open(notebook_of(*CELLS), width=1366, height=768) as first:
        first.run_all()
        page = first.page
        page.get_by_label("that").check()
        page.get_by_role("button", name="Reveal").click()
        page.get_by_text("Your answer: that.").wait_for()
        folder = lab.folder / first.ask("__import__('os').getcwd()")
        kept = json.loads((folder / progress.FILE).read_text(encoding="utf-8"))
        assert kept == {"exercises": {"line": {"right": True, "tries": 1}},
                        "questions": {"Which?": {"first": "that", "last": "that"}}}  # fmt: skip

        page.evaluate("() => lab.panel.sessionContext.restartKernel()")
        first.run_all()
        page.get_by_text("Your answer: that.").wait_for()
        assert page.get_by_label("that").is_checked()
        row = page.locator("table.lu-map tr", has_text="00 Start here")
        assert "1 of 3 exercises" in row.inner_text() and "go on here" in row.inner_text()

        page.get_by_role("button", name="Forget all").click()
        row.filter(has_text="0 of 3 exercises").wait_for()
        assert not (folder / progress.FILE).exists()
        assert first.errors() == []
