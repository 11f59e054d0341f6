"""vl-convert in a process of its own, kept warm for everything that draws: notebooks, downloads, social pictures.

Starting it, a JavaScript engine with Vega in it, costs as much as ten charts, and each run would pay that again. A
process without a renderer, as in Jupyter, draws by itself: the pictures are the same.
"""

from __future__ import annotations

import atexit
import functools
import itertools
import json
import os
import pickle
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TypeVar

from wavebook.core import memory, processes, temporary

Drawn = TypeVar("Drawn")

ADDRESS = "WAVEBOOK_RENDERER"  # in the environment, so that runs and their children find it

_MODULE = "wavebook.charts.renderer"  # as a program, it calls itself __main__
_LONGEST_DRAWING = 60  # seconds, during which the renderer does not see that it is to end

_lock = threading.Lock()
# Both with the process that made them: a fork can use neither of them.
_server: tuple[int, subprocess.Popen, temporary.Folder] | None = None
_pipe: tuple[int, Connection] | None = None
_answered = itertools.count(1)


def drawing(spec: str) -> str:
    """The drawing of a Vega-Lite specification as SVG."""
    return _ask(_drawing, spec)


def compiled(spec: str) -> str:
    """The Vega specification of a Vega-Lite one; both are JSON."""
    return _ask(_compiled, spec)


def drawn(vega: str) -> str:
    """The drawing of a Vega specification, which loads nothing, as SVG."""
    return _ask(_drawn, vega)


def scene(vega: str) -> str:
    """The scene that Vega draws from a specification, which loads nothing; both are JSON."""
    return _ask(_scene, vega)


def png(drawing: str, scale: float) -> bytes:
    """An SVG as PNG, ``scale`` pixels for each px of the SVG.

    The main thread, which would only wait, draws it itself while another one has the renderer at work: that needs no
    JavaScript engine.
    """
    waits = _lock.locked() and threading.current_thread() is threading.main_thread()
    return _png(drawing, scale) if waits else _ask(_png, drawing, scale)


def start(most: int = 5000) -> subprocess.Popen | None:
    """Start a renderer for this process and everything it starts from now on; it ends with this process.

    After ``most`` answers it restarts, as its memory grows with them. Returns the renderer, unless there is one already
    or this system, or the disk for temporary files, has no sockets with a path. Raises ProblemsError (W507) where there
    is too little memory for one.
    """
    global _server
    with _lock:
        if not hasattr(socket, "AF_UNIX") or (ADDRESS in os.environ and Path(os.environ[ADDRESS]).exists()):
            return None
        memory.need(memory.DRAWING)
        folder = temporary.Folder(socket=len("renderer"))  # no other user can reach its content
        address = f"{folder.path}/renderer"
        with socket.socket(socket.AF_UNIX) as listening:
            try:
                listening.bind(address)
            except OSError:
                folder.remove()
                return None
            os.environ[ADDRESS] = address
            listening.listen(64)
            # Silent: errors go to the caller, and V8's output when its memory is full helps nobody.
            pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
            server = processes.start(_MODULE, listening, str(most), stdin=pipe, stderr=nowhere)
        _server = os.getpid(), server, folder
        return server


@atexit.register
def stop() -> None:
    """End the renderer that this process started."""
    global _server
    with _lock:
        if _server is None or _server[0] != os.getpid():
            return
        _, server, folder = _server
        if server.stdin:
            server.stdin.close()
        processes.end(server, _LONGEST_DRAWING)
        _server = None
        os.environ.pop(ADDRESS)
        folder.remove()


def _ask(function: Callable[..., Drawn], *arguments: object) -> Drawn:
    with _lock:
        for _ in range(2):  # once more, for it may just have restarted
            try:
                pipe = _connected()
                pipe.send((function.__name__, arguments))
                answer = pipe.recv()
                break
            except (KeyError, OSError, EOFError):  # there is none, or it died
                _disconnect()
        else:
            memory.need(memory.DRAWING)  # the engine would end this process
            return function(*arguments)
    if isinstance(answer, Exception):
        raise answer
    return answer


def _connected() -> Connection:
    global _pipe
    if _pipe is None or _pipe[0] != os.getpid():
        with socket.socket(socket.AF_UNIX) as pipe:
            pipe.connect(os.environ[ADDRESS])
            _pipe = os.getpid(), Connection(pipe.detach())
    return _pipe[1]


def _disconnect() -> None:
    global _pipe
    _pipe = None


def _drawing(spec: str) -> str:
    import vl_convert

    return vl_convert.vegalite_to_svg(spec)


def _compiled(spec: str) -> str:
    import vl_convert

    return json.dumps(vl_convert.vegalite_to_vega(spec), ensure_ascii=False, separators=(",", ":"))


def _drawn(vega: str) -> str:
    import vl_convert

    return vl_convert.vega_to_svg(vega, allowed_base_urls=[])


def _scene(vega: str) -> str:
    import vl_convert

    return json.dumps(vl_convert.vega_to_scenegraph(vega, allowed_base_urls=[]))


def _png(drawing: str, scale: float) -> bytes:
    import vl_convert

    return vl_convert.svg_to_png(drawing, scale)


# From here on: code that runs in the renderer.

_FUNCTIONS: dict[str, Callable[..., object]] = {
    item.__name__: item for item in (_drawing, _compiled, _drawn, _scene, _png)
}


def _serve(listening: socket.socket) -> None:
    _drawing('{"mark": "point", "data": {"values": []}}')  # while the runs start
    while True:
        asking, _ = listening.accept()
        threading.Thread(target=_answer, args=(Connection(asking.detach()), listening), daemon=True).start()


@functools.lru_cache(maxsize=128)
def _answer_to(request: bytes) -> bytes:
    """The answer to a request; many editions ask the same where a chart shows facts, or figures of everyone."""
    name, arguments = pickle.loads(request)
    try:
        return pickle.dumps(_FUNCTIONS[name](*arguments))
    except Exception as error:  # for the caller
        return pickle.dumps(error)


def _answer(pipe: Connection, listening: socket.socket) -> None:
    try:
        while True:
            pipe.send_bytes(_answer_to(pipe.recv_bytes()))
            if next(_answered) >= int(sys.argv[2]):
                listening.set_inheritable(True)
                os.execv(sys.executable, [sys.executable, "-m", _MODULE, *sys.argv[1:]])
    except (OSError, EOFError):  # the caller is done
        pipe.close()


def _end_with_caller(address: str) -> None:
    sys.stdin.buffer.read()  # nothing comes but its end, however the caller ended
    shutil.rmtree(Path(address).parent, ignore_errors=True)
    os._exit(0)


if __name__ == "__main__":
    listening = socket.socket(fileno=int(sys.argv[1]))
    threading.Thread(target=_end_with_caller, args=(listening.getsockname(),), daemon=True).start()
    _serve(listening)
