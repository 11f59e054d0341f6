"""A process that draws for many others: vl-convert takes a third of a second before its first picture."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import socket
from collections import OrderedDict
from multiprocessing.connection import Connection

import vl_convert

from wavebook import drawing

_KEPT = 256  # pictures that several editions share: facts, figures of everyone
_MOST = 5000  # pictures of one process, whose memory grows with them


class Drawer:
    """A fork of this process that makes SVG of Vega-Lite's JSON, for one caller at a time.

    In a process that shall draw here, and in its forks, call ``use``.
    """

    def __init__(self):
        self.pid = None
        self.start()

    def start(self) -> None:
        """Fork the process; this one must not have drawn, for vl-convert's threads do not outlive a fork."""
        ours, its = socket.socketpair()
        self.drawn = 0
        self.pid = os.fork()
        if not self.pid:
            ours.close()
            _serve(Connection(its.detach()))
        its.close()
        self.pipe = Connection(ours.detach())

    def use(self) -> None:
        """Let ``drawing`` send its charts here."""
        drawing.to_svg = self

    def __call__(self, spec: str) -> str:
        """The SVG of a specification; raises ValueError as vl-convert does."""
        self.pipe.send(spec)
        drawn, text = self.pipe.recv()
        if not drawn:
            raise ValueError(text)
        return text

    def refresh(self, drawn: int, *, doubtful: bool) -> None:
        """Start anew when the process has drawn much, or may hold a picture that nobody came for.

        ``drawn`` is what was asked of it since the last time.
        """
        self.drawn += drawn
        if doubtful or self.drawn > _MOST:
            self.stop()
            self.start()

    def stop(self) -> None:
        """End the process."""
        self.pipe.close()
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)


def _serve(pipe: Connection) -> None:
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the caller, who then ends this
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
        kept: OrderedDict[str, str] = OrderedDict()
        while True:
            spec = pipe.recv()
            try:
                if spec not in kept:
                    kept[spec] = vl_convert.vegalite_to_svg(spec)
                kept.move_to_end(spec)
                pipe.send((True, kept[spec]))
            except ValueError as error:
                pipe.send((False, str(error)))
            while len(kept) > _KEPT:
                kept.popitem(last=False)
    except (EOFError, OSError):
        pass
    finally:
        os._exit(0)
