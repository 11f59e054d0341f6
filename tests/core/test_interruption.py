"""A run that is told to end does so once, tidily, and without a traceback, whichever signal tells it."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from wavebook.core import interruption

RUN = """
import sys, time
import wavebook.cli as cli
from wavebook.core.interruption import told

def main():
    from pathlib import Path
    try:
        Path("begun").touch()
        time.sleep(60)
    except KeyboardInterrupt as error:
        return told(error)
    finally:
        Path("ending").touch()
        time.sleep({ending})
        Path("ended").touch()

cli.main = main
cli.command()
"""


def begun(folder: Path, ending: float = 0.0, **options) -> subprocess.Popen:
    """A command that is under way in ``folder``, and takes so many seconds to end."""
    run = RUN.format(ending=ending)
    said = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    process = subprocess.Popen([sys.executable, "-c", run], cwd=folder, **said, **options)
    until(folder / "begun")
    return process


def until(path: Path) -> None:
    for _ in range(3000):
        if path.exists():
            return
        time.sleep(0.01)
    raise TimeoutError(path)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_each_signal_to_end_lets_a_run_tidy_up_and_a_second_one_adds_nothing(tmp_path, number):
    process = begun(tmp_path, ending=0.2)
    process.send_signal(number)
    until(tmp_path / "ending")
    process.send_signal(number)
    assert process.communicate()[0] == "interrupted; nothing was published\n"
    assert process.returncode == 128 + number
    assert (tmp_path / "ended").exists()


def test_one_that_does_not_come_to_its_end_is_ended_by_a_later_signal(tmp_path):
    patience = "import wavebook.core.interruption as i; i.PATIENCE = 0.1\n"
    run = [sys.executable, "-c", patience + RUN.format(ending=60)]
    process = subprocess.Popen(run, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    until(tmp_path / "begun")
    process.send_signal(signal.SIGINT)
    until(tmp_path / "ending")
    time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    assert (process.communicate()[0], process.returncode) == ("interrupted; nothing was published\n", 130)


def test_a_signal_that_the_caller_ignores_stays_ignored(tmp_path):
    process = begun(tmp_path, preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
    process.send_signal(signal.SIGHUP)
    time.sleep(0.1)
    assert process.poll() is None
    process.send_signal(signal.SIGTERM)
    assert "Traceback" not in process.communicate()[0]
    assert process.returncode == 143


def test_afterwards_signals_mean_what_they_did_before():
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(interruption.Interrupted), interruption.orderly():
        os.kill(os.getpid(), signal.SIGTERM)
    assert signal.getsignal(signal.SIGTERM) is before


def cut_off() -> None:
    """The import of a library that a signal cuts off, which some tell as an error of their own."""
    try:
        os.kill(os.getpid(), signal.SIGTERM)
    except KeyboardInterrupt:
        raise ImportError("a library that could not be loaded") from None


class Going:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGTERM)


def let_go() -> None:
    """A signal that comes while an object goes, where Python raises nothing."""
    Going()
    time.sleep(10)


class GoingTwice:
    def __del__(self):
        try:
            os.kill(os.getpid(), signal.SIGTERM)
        finally:
            os.kill(os.getpid(), signal.SIGTERM)


def let_go_twice() -> None:
    """Two signals, as a fork has that gets one from the terminal and one from its parent."""
    GoingTwice()
    time.sleep(10)


class Failing:
    def __del__(self):
        raise ValueError


def in_the_hook() -> None:
    """A signal that comes while Python tells of an error that it cannot raise."""
    Failing()
    time.sleep(10)


class Panic(BaseException):
    """What a library in Rust raises where an error is none that it expects."""


def panicked() -> None:
    try:
        os.kill(os.getpid(), signal.SIGTERM)
    except KeyboardInterrupt:
        raise Panic from None


def let_go_and_failed() -> None:
    """A signal that could not be raised, and an error that came of it before it could be."""
    Going()
    raise TypeError


@pytest.mark.parametrize("come", [cut_off, let_go, let_go_twice, panicked, let_go_and_failed])
def test_a_signal_is_that_signal_whatever_became_of_it_in_a_library(come, capsys):
    with pytest.raises(interruption.Interrupted), interruption.orderly():
        come()
    assert capsys.readouterr().err == ""


class HalfMade:
    def __init__(self):
        os.kill(os.getpid(), signal.SIGTERM)
        self.whole = True

    def __del__(self):
        assert self.whole


def half_made() -> None:
    """A signal that comes while a library makes what cannot go before it is whole, as zipfile does."""
    try:
        HalfMade()
    except KeyboardInterrupt:
        raise ImportError from None


def test_an_exit_after_a_signal_is_that_exit():
    """A process that ends as its child did, which has said that a signal ended it."""

    def ended():
        with contextlib.suppress(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGTERM)
        raise SystemExit(143)

    with pytest.raises(SystemExit) as caught, interruption.orderly():
        ended()
    assert caught.value.code == 143


@pytest.mark.parametrize("come", [HalfMade, half_made])
def test_what_is_half_made_at_a_signal_goes_without_a_word(come, monkeypatch):
    told = []
    monkeypatch.setattr(sys, "unraisablehook", lambda found: told.append(str(found.exc_value)))
    with pytest.raises(interruption.Interrupted) as caught, interruption.orderly():
        come()
    assert caught.value.number == signal.SIGTERM
    del caught
    assert told == []


def test_a_signal_while_another_error_is_told_is_not_lost(monkeypatch):
    monkeypatch.setattr(sys, "unraisablehook", lambda _: os.kill(os.getpid(), signal.SIGTERM))
    with pytest.raises(interruption.Interrupted), interruption.orderly():
        in_the_hook()


def test_a_signal_that_comes_again_before_it_can_be_raised_is_not_lost(monkeypatch):
    set_alarm = signal.setitimer

    def slow(*given):
        set_alarm(*given)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(2 * interruption._AGAIN)  # the alarm comes, too, while Python still tells of the object

    monkeypatch.setattr(signal, "setitimer", lambda *given: (monkeypatch.undo(), slow(*given)))
    with pytest.raises(interruption.Interrupted), interruption.orderly():
        let_go()


def test_no_alarm_is_left_behind():
    before = signal.getsignal(signal.SIGALRM)
    with pytest.raises(interruption.Interrupted), interruption.orderly():
        let_go()
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
    assert signal.getsignal(signal.SIGALRM) is before


def test_an_error_without_a_signal_is_that_error():
    with pytest.raises(ImportError), interruption.orderly():
        raise ImportError
