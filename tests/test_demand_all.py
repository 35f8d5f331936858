"""On CI nothing may be left out without a word: a skipped test fails the run there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = {
    "in_a_test": "import pytest\ndef test_a():\n    pytest.skip('no browser')\n",
    "by_a_mark": "import pytest\n@pytest.mark.skip\ndef test_a():\n    pass\n",
    "as_a_file": "import pytest\npytest.skip('no browser', allow_module_level=True)\n",
}


@pytest.mark.parametrize("text", TESTS.values(), ids=TESTS)
def test_skipped_test_fails_only_where_all_is_demanded(text: str, tmp_path: Path) -> None:
    shutil.copy(Path(__file__).with_name("conftest.py"), tmp_path)
    (tmp_path / "test_a.py").write_text(text, encoding="utf-8")
    (tmp_path / "test_b.py").write_text("def test_b():\n    pass\n", encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")

    def run(demand: str) -> tuple[int, str]:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"],
            check=False,
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env={**os.environ, "IDESLUSS_DEMAND_ALL": demand},
        )
        return done.returncode, done.stdout.splitlines()[-1]

    code, last = run("")
    assert (code, "1 passed, 1 skipped" in last) == (0, True)
    code, last = run("1")
    assert code != 0
    assert "skipped" not in last
