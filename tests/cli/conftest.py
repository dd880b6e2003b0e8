import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from assist.cli.app import main


@dataclass(frozen=True)
class Ended:
    """How a command ended and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Assist = Callable[..., Ended]


@pytest.fixture
def assist(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Assist:
    """Run a command as a shell would, in an empty working folder."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)

    def run(*arguments: object) -> Ended:
        monkeypatch.setattr(sys, "argv", ["assist", *map(str, arguments)])
        with pytest.raises(SystemExit) as left:
            main()
        written = capsys.readouterr()
        code = left.value.code
        assert code is None or isinstance(code, int)
        return Ended(code=code or 0, out=written.out, err=written.err)

    return run


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """A data folder in which nothing has happened yet."""
    folder = tmp_path / "fresh"
    folder.mkdir()
    return folder
