"""What is shipped: a wheel that works alone, schemas and templates inside it, and a lock that names no index."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=120)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_wheel_when_it_is_unpacked_then_it_holds_the_schemas_templates_and_the_licence(unpacked: Path) -> None:
    names = {path.relative_to(unpacked).as_posix() for path in unpacked.rglob("*") if path.is_file()}

    assert {f"ssops/schemas/{path.name}" for path in (ROOT / "schemas").glob("*.json")} <= names
    templates = {path.relative_to(ROOT).as_posix() for path in (ROOT / "ssops/render/templates").rglob("*.j2")}
    assert templates
    assert templates <= names
    assert "ssops/py.typed" in names
    assert any(name.endswith("LICENSE") for name in names)
    assert not [name for name in names if name.startswith(("tests/", "bench/", "examples/"))]


def test_wheel_when_it_is_run_far_from_the_checkout_then_the_first_hour_works(unpacked: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(unpacked), "SSOPS_CACHE_DIR": str(tmp_path / "cache")}
    work = tmp_path / "work"
    steps = [
        ["init", str(work)],
        ["validate"],
        ["plan", "--out", "plan.json"],
        ["apply", "plan.json"],
        ["plan", "--detailed-exitcode"],
    ]
    for step in steps:
        cwd = work if work.exists() else tmp_path
        done = subprocess.run(
            [sys.executable, "-P", "-m", "ssops", *step], cwd=cwd, env=environment, capture_output=True, timeout=60
        )
        assert done.returncode == 0, (step, done.stderr.decode())

    where = "import ssops.manifest.schema as s; print(s.__file__)"
    found = subprocess.run([sys.executable, "-P", "-c", where], env=environment, capture_output=True, timeout=60)
    assert Path(found.stdout.decode().strip()).is_relative_to(unpacked)


@pytest.mark.parametrize("name", ["run.txt", "dev.txt"])
def test_lock_when_it_is_read_then_every_package_is_pinned_by_hash_and_no_address_is_named(name: str) -> None:
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    packages = re.findall(r"^[a-z0-9][a-z0-9._-]*==[^ \\]+(?: \\\n    --hash=sha256:[0-9a-f]{64})+", text, re.MULTILINE)

    assert len(packages) == len(re.findall(r"^[a-z0-9]", text, re.MULTILINE))
    assert len(packages) > 10
    assert "://" not in text
    assert "--index" not in text


def test_lock_when_dependencies_are_declared_then_each_is_pinned() -> None:
    declared = re.findall(r'^  "([a-z-]+)[>"]', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)
    pinned = set(
        re.findall(r"^([a-z0-9._-]+)==", (ROOT / "requirements" / "dev.txt").read_text(encoding="utf-8"), re.MULTILINE)
    )

    assert len(declared) > 10
    assert set(declared) <= pinned


def test_contributing_when_a_dependency_is_declared_then_it_is_justified() -> None:
    declared = re.findall(r'^  "([a-z-]+)[>"]', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)
    table = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")

    assert [name for name in declared if name not in table and not name.startswith("types-")] == []
