"""How the whole suite runs: the same examples every time, and a credential in the environment that nobody may show."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator

import canary
import pytest
from hypothesis import settings

settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("search", deadline=None, max_examples=2_000)
settings.load_profile("search" if os.environ.get("SSOPS_SEARCH") else "same")


@pytest.fixture(scope="session", autouse=True)
def credentials(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Set the canary, listen for it, and look for it in every file that is left at the end."""
    with pytest.MonkeyPatch.context() as patch:
        for name in canary.VARIABLES:
            patch.setenv(name, f"{canary.SECRET}-{name.lower()}")
        canary.listen(patch)
        yield
    shown = [str(path) for path in canary.left(tmp_path_factory.getbasetemp())]
    assert shown == [], f"a credential stands in {shown}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail a test that has said a credential, in what nobody has read."""
    report = yield
    try:
        for name, said in report.sections:
            canary.look(said, f"{name} of {item.nodeid}")
    except canary.Shown as fault:
        report.outcome = "failed"
        report.longrepr = str(fault)
        report.sections.clear()
    return report
