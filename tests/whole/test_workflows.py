"""The workflows of this repository and of a new book: few rights, pinned actions, nothing of others in a shell."""

import re

import pytest
import yaml

from book import ROOT

PLACES = (".github/workflows/book.yml", "src/wavebook/start/plain/workflow.yml")
RIGHTS = {"contents": {"read"}, "pages": {"write"}, "id-token": {"write"}, "attestations": {"write"}}


@pytest.fixture(params=PLACES)
def workflow(request):
    text = (ROOT / request.param).read_text(encoding="utf-8")
    return text, yaml.safe_load(text)


def steps(workflow):
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


def test_every_action_is_pinned_to_a_commit_with_its_version_beside_it(workflow):
    text, read = workflow
    used = [step["uses"] for step in steps(read) if "uses" in step]
    assert used
    assert [name for name in used if not re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", name)] == []
    assert len(re.findall(r"@[0-9a-f]{40}  # v\d+\.\d+\.\d+$", text, re.MULTILINE)) == len(used)


def test_one_action_has_one_commit_everywhere():
    pins = {pin for place in PLACES for pin in re.findall(r"uses: (\S+@\S+)", (ROOT / place).read_text("utf-8"))}
    assert len({pin.partition("@")[0] for pin in pins}) == len(pins)


def test_a_workflow_may_read_and_only_a_job_for_a_release_more(workflow):
    _, read = workflow
    assert read["permissions"] == {"contents": "read"}
    assert set(read[True]) <= {"push", "pull_request"}  # YAML takes the word on for a truth
    for job in read["jobs"].values():
        more = job.get("permissions", {})
        assert all(right in RIGHTS[name] for name, right in more.items())
        released = job.get("if", "").startswith(("startsWith(github.ref, 'refs/tags/", "github.ref =="))
        assert "write" not in more.values() or released


def test_nothing_that_others_write_reaches_a_shell_and_no_credentials_stay(workflow):
    _, read = workflow
    assert [step["run"] for step in steps(read) if "${{" in step.get("run", "")] == []
    checkouts = [step for step in steps(read) if step.get("uses", "").startswith("actions/checkout@")]
    assert checkouts
    assert all(step["with"] == {"persist-credentials": False} for step in checkouts)
