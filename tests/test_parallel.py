"""Work in this process and in others."""

from __future__ import annotations

import subprocess
import sys

import pytest

from p2p_dispatch.parallel import run_many


@pytest.mark.parametrize("jobs", [1, 2])
def test_every_task_has_its_result(jobs: int) -> None:
    assert sorted(run_many(abs, [-3, 1, -2], jobs=jobs)) == [1, 2, 3]


def test_one_job_works_in_order_and_only_as_far_as_is_asked() -> None:
    done: list[int] = []

    def work(task: int) -> int:
        done.append(task)
        return task

    results = run_many(work, [3, 1, 2])
    assert next(results) == 3
    assert done == [3]


def test_one_job_does_not_import_joblib() -> None:
    code = (
        "import sys; from p2p_dispatch.parallel import run_many; list(run_many(abs, [1]));"
        "print('joblib' in sys.modules)"
    )
    words = [sys.executable, "-c", code]
    assert subprocess.run(words, capture_output=True, text=True, check=True).stdout == "False\n"
