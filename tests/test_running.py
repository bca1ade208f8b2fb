"""What docs/running/ names is there: commands, variables, folders, files. Where there is systemd, it reads the unit too."""

import configparser
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import typer
import yaml

from rxbot.__main__ import cli
from rxbot.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
RUNNING = ROOT / "docs/running"
PAGE = (ROOT / "docs/running.md").read_text("utf-8")
UNIT = RUNNING / "rxbot.service"
RECIPE = (RUNNING / "Containerfile").read_text("utf-8").replace("\\\n", " ")
COMPOSE = yaml.safe_load((RUNNING / "compose.yaml").read_text("utf-8"))
VARIABLES = {f"RXBOT_{name.upper()}" for name in Settings.model_fields}
COMMANDS = set(typer.main.get_group(cli).commands)


def unit() -> configparser.RawConfigParser:
    read = configparser.RawConfigParser(strict=False)  # what is said twice is read once
    read.optionxform = str  # type: ignore[assignment,method-assign]
    read.read(UNIT, "utf-8")
    return read


def steps(instruction: str) -> list[str]:
    return re.findall(rf"^{instruction} (.*)$", RECIPE, re.MULTILINE)


def test_every_variable_is_one_of_ours() -> None:
    assert "RXBOT_PUBLIC_URL" in "".join(file.read_text("utf-8") for file in RUNNING.iterdir())
    for file in RUNNING.iterdir():
        text = file.read_text("utf-8")
        named = set(re.findall(r"\bRXBOT_[A-Z_]+", text)) | {name.upper() for name in re.findall(r"\brxbot_[a-z]+", text)}
        assert named <= VARIABLES, file.name


def test_every_command_is_one_of_ours() -> None:
    commands = [*(shlex.split(line)[1:] for line in re.findall(r"^ExecStart=(.*)$", UNIT.read_text("utf-8"), re.MULTILINE))]
    commands += [yaml.safe_load(step) for step in steps("CMD")]
    commands += [
        line.split()[1:] for line in re.findall(r"(?:^|run --rm |exec rxbot |/opt/rxbot/bin/)(rxbot \w+.*)$", PAGE, re.MULTILINE)
    ]
    assert len(commands) >= 6
    assert all(words[0] in COMMANDS for words in commands), commands


def test_the_recipe_copies_what_is_there_and_all_that_a_wheel_wants() -> None:
    copied = {source for step in steps("COPY") if "--from" not in step for source in step.split()[:-1]}
    assert all((ROOT / source).exists() for source in copied)
    assert copied >= {"pyproject.toml", "constraints.txt", "README.md", "LICENSE", "src", "dialogs", "locales"}
    assert steps("ENTRYPOINT") == ['["rxbot"]']
    assert all("/" not in image.split()[0] for image in steps("FROM"))  # of whichever registry is the reader's own


def test_it_runs_without_rights_and_with_the_keys_apart_from_the_data() -> None:
    assert steps("USER") == ["10001"]
    assert steps("VOLUME") == ['["/data", "/keys"]']
    service = COMPOSE["services"]["rxbot"]
    assert (service["read_only"], service["cap_drop"], service["security_opt"]) == (True, ["ALL"], ["no-new-privileges:true"])
    assert {one.partition(":")[2] for one in service["volumes"]} >= {"/data", "/keys"}
    assert set(service["secrets"]) == set(COMPOSE["secrets"]) == {"rxbot_token", "rxbot_key"}
    assert (RUNNING / service["build"]["context"] / service["build"]["dockerfile"]).resolve() == RUNNING / "Containerfile"
    read = unit()["Service"]
    assert (read["User"], read["NoNewPrivileges"], read["ProtectSystem"]) == ("rxbot", "yes", "strict")
    folders = {f"/var/lib/{name}" for name in read["StateDirectory"].split()}
    kept = re.findall(r"^RXBOT_\w+_URL=sqlite:///(.*)/", (RUNNING / "environment").read_text("utf-8"), re.MULTILINE)
    assert set(kept) == folders == {"/var/lib/rxbot", "/var/lib/rxbot-keys"}


def test_it_has_time_to_finish_what_is_on_its_way() -> None:
    from rxbot.outbox.sender import LEAVE_WITHIN

    assert int(unit()["Service"]["TimeoutStopSec"]) > LEAVE_WITHIN
    assert int(COMPOSE["services"]["rxbot"]["stop_grace_period"].removesuffix("s")) > LEAVE_WITHIN


def test_a_health_check_fails_when_it_should(tmp_path: Path) -> None:
    (check,) = re.findall(r"HEALTHCHECK .*? CMD (\[.*\])$", RECIPE, re.MULTILINE)
    command = yaml.safe_load(check)
    nobody_there = subprocess.run([sys.executable, *command[1:]], capture_output=True, check=False)
    assert b"URLError" in nobody_there.stderr
    assert nobody_there.returncode == 1


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd")
def test_systemd_takes_the_unit_and_finds_it_safe(tmp_path: Path) -> None:
    ours = tmp_path / "rxbot.service"
    ours.write_text(UNIT.read_text("utf-8").replace("/opt/rxbot/bin/rxbot", sys.executable))
    read = subprocess.run(["systemd-analyze", "verify", str(ours)], capture_output=True, text=True, check=False)
    assert (read.returncode, read.stdout + read.stderr) == (0, "")
    judged = ["systemd-analyze", "security", "--offline=true", "--no-pager", "--threshold=15", str(ours)]
    assert subprocess.run(judged, capture_output=True, text=True, check=False).returncode == 0


def test_the_page_names_every_file() -> None:
    assert {path.name for path in RUNNING.iterdir()} == set(re.findall(r"^\| \[[\w.]+\]\(running/([\w.]+)\)", PAGE, re.MULTILINE))
