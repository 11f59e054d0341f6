"""What the kernel on pipes counts on in ipykernel: a test fails with the name of what is gone."""

from __future__ import annotations

import inspect
from importlib.metadata import version

import pytest
from ipykernel.iostream import IOPubThread
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from ipykernel.kernelbase import Kernel
from ipykernel.shellchannel import ShellChannelThread

from wavebook.runs import kernelapp

REPLACED = [name for name, item in vars(kernelapp.App).items() if inspect.isfunction(item) and name != "nothing"]
CALLED = ["configure_tornado_logger", "close", "initialize", "start"]


def test_the_application_replaces_what_it_says():
    expected = {"init_sockets", "init_kernel", "init_connection_file", "write_connection_file"}
    assert set(REPLACED) == expected | {"log_connection_info", "init_heartbeat"}


@pytest.mark.parametrize("name", REPLACED)
def test_ipykernel_calls_what_is_replaced_when_it_begins(name):
    assert callable(getattr(IPKernelApp, name, None)), f"ipykernel {version('ipykernel')}: IPKernelApp.{name} is gone"
    callers = inspect.getsource(IPKernelApp.initialize)
    assert f"self.{name}(" in callers, f"ipykernel {version('ipykernel')}: IPKernelApp.initialize calls no {name}"


@pytest.mark.parametrize("name", CALLED)
def test_ipykernel_has_what_is_called(name):
    assert callable(getattr(IPKernelApp, name, None)), f"ipykernel {version('ipykernel')}: IPKernelApp.{name} is gone"


@pytest.mark.parametrize(
    ("kind", "names"),
    [(IOPubThread, {"socket", "pipe", "session"}), (ShellChannelThread, {"context", "kwargs"})],
    ids=["IOPubThread", "ShellChannelThread"],
)
def test_threads_take_what_they_are_given(kind, names):
    missing = names - inspect.signature(kind).parameters.keys()
    assert not missing, f"ipykernel {version('ipykernel')}: {kind.__name__} takes no {missing}"


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (IPKernelApp, "parent_handle"),
        (IPKernelApp, "context"),
        (IPKernelApp, "iopub_thread"),
        (IPKernelApp, "iopub_socket"),
        (IPKernelApp, "shell_channel_thread"),
        (IPKernelApp, "displayhook"),
        (IOPubThread, "background_socket"),
        (Kernel, "shell_stream"),
        (Kernel, "shell_channel_thread"),
        (Kernel, "iopub_socket"),
        (IPythonKernel, "start"),
    ],
)
def test_ipykernel_has_what_is_set_or_read(kind, name):
    known = hasattr(kind, name) or f"self.{name} = " in inspect.getsource(kind)
    assert known, f"ipykernel {version('ipykernel')}: {kind.__name__}.{name} is gone"


def test_a_kernel_starts_what_ipython_s_adds_a_debugger_to():
    source = inspect.getsource(IPythonKernel.start)
    assert "super().start()" in source, f"ipykernel {version('ipykernel')}: IPythonKernel.start is another"
    assert "debugpy" in source
