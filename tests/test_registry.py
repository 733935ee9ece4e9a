from __future__ import annotations

import sys
from pathlib import Path

import pytest

from ssops.errors import ProviderFault
from ssops.messages import say
from ssops.model import Action, Actor, Execution, Kind
from ssops.providers import registry
from ssops.providers.local import LocalProvider


@pytest.fixture
def plugins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    info = tmp_path / "demo-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: demo\nVersion: 1.0\n")
    offered = "[ssops.providers]\nremote = demo_plugin:make\ngone = demo_plugin_gone:make\n"
    (info / "entry_points.txt").write_text(offered)
    (tmp_path / "demo_plugin.py").write_text(
        "def make(section, root, organization):\n    return (section, organization)\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "demo_plugin", raising=False)


def test_make_local_then_configured_from_its_section(tmp_path: Path) -> None:
    section = {
        "path": "service.db",
        "actor": "userAccount:aje1",
        "grants": [
            {"role": "speech-sense.admin", "subjects": ["group:ajg1", "serviceAccount:aje2"]},
            {"role": "speech-sense.admin", "subjects": ["userAccount:aje1", "group:ajg1"]},
        ],
        "groups": {"ajg1": ["userAccount:aje3"]},
    }

    made = registry.make("local", section, tmp_path, "bpf")

    assert made == LocalProvider(
        tmp_path / "service.db",
        "bpf",
        Actor("userAccount", "aje1"),
        {"speech-sense.admin": ("group:ajg1", "serviceAccount:aje2", "userAccount:aje1")},
        {"ajg1": ("userAccount:aje3",)},
    )


def test_make_local_when_nothing_is_written_then_the_defaults(tmp_path: Path) -> None:
    assert registry.make("local", {}, tmp_path, "bpf") == LocalProvider(tmp_path / ".ssops/speechsense.db", "bpf")


def test_local_capabilities_then_everything_but_what_speechsense_cannot_do(tmp_path: Path) -> None:
    capabilities = registry.make("local", {}, tmp_path, "bpf").capabilities

    assert {pair for pair, execution in capabilities.items() if execution is Execution.BLOCKED} == {
        (Kind.CONNECTION, Action.DELETE),
        *((kind, Action.REMOVE) for kind in Kind),
    }
    assert len(capabilities) == len(Kind) * len(Action)


def test_make_when_a_package_offers_the_name_then_taken(tmp_path: Path, plugins: None) -> None:
    made: object = registry.make("remote", {"a": 1}, tmp_path, "bpf")

    assert made == ({"a": 1}, "bpf")


@pytest.mark.parametrize(
    ("name", "said", "hint"),
    [
        pytest.param(
            "lokal",
            "there is no provider 'lokal'; known are gone, local, remote",
            "did you mean 'local'?",
            id="near miss",
        ),
        pytest.param(
            "zzz",
            "there is no provider 'zzz'; known are gone, local, remote",
            "name one of the known providers under 'provider' in ssops.yaml, or install the package that offers it",
            id="unknown",
        ),
        pytest.param(
            "gone",
            "the provider 'gone' cannot be loaded from 'demo_plugin_gone:make': No module named 'demo_plugin_gone'",
            "install the package of 'demo_plugin_gone:make' again, or name another provider in ssops.yaml",
            id="cannot be loaded",
        ),
    ],
)
def test_make_when_nobody_offers_the_name_then_said(
    tmp_path: Path, plugins: None, name: str, said: str, hint: str
) -> None:
    with pytest.raises(ProviderFault) as fault:
        registry.make(name, {}, tmp_path, "bpf")

    assert say(fault.value.message) == said
    assert fault.value.hint is not None
    assert say(fault.value.hint) == hint
