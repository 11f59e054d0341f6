"""The site of the book itself, in place of that of a made-up one."""

from pathlib import Path

import hosting
import pytest

import book


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Path:
    """The book built from nothing."""
    root, first, _ = book.fresh(tmp_path_factory)
    assert first.code == 0, first.err
    return root / "_build" / "html"


@pytest.fixture(scope="session")
def addressed(tmp_path_factory) -> Path:
    """The same site with its address in _config.yml."""
    return book.addressed(tmp_path_factory)


@pytest.fixture(scope="session")
def served(site):
    """The address of the same site on a host."""
    with hosting.served(site) as address:
        yield address
