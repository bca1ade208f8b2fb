"""The demo on a computer where something else has its port already."""

import socket
import sys
from pathlib import Path

import pytest

from rxbot.__main__ import main


@pytest.mark.usefixtures("logging_kept")
def test_a_port_that_is_taken_is_said_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        monkeypatch.setattr(sys, "argv", ["rxbot", "demo", "--folder", str(tmp_path), "--port", port])
        with pytest.raises(SystemExit) as ended:
            main()
    said = capsys.readouterr().err
    assert ended.value.code == 1
    assert f"Port {port} cannot be opened: address already in use." in said
    assert "--port 8010" in said
    assert "Traceback" not in said
