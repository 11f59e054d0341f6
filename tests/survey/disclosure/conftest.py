"""Noise that is the same at every run of a test: a secret drawn anew fails some tests once in hundreds of runs."""

from __future__ import annotations

import hashlib
import itertools

import pytest

from wavebook.survey.disclosure import cellkeys


@pytest.fixture(autouse=True)
def same_secrets(request, monkeypatch):
    count = itertools.count()

    def drawn(size: int) -> bytes:
        text = f"{request.node.name} {next(count)}"
        return hashlib.blake2b(text.encode(), digest_size=size).digest()

    monkeypatch.setattr(cellkeys.secrets, "token_bytes", drawn)
