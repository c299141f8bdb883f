"""One writer at a time on SQLite: a file lock beside the database, taken before BEGIN IMMEDIATE.

SQLite's own busy handler sleeps and retries without order, so that under load some writers wait for seconds. The
lock also keeps commits, and the checkpoints they start, from running beside another writer (the WAL-reset bug of
SQLite before 3.51.3). Where fcntl is missing (Windows, one process) a lock between threads does the same.
"""

import threading
import time
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from quizapp.domain.errors import Unavailable

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

PATIENCE_SECONDS = 5.0
_PAUSE_SECONDS = 0.002
_HELD = threading.local()
_BETWEEN_THREADS = threading.Lock()


class WriteLock:
    """The lock of one database file; one descriptor a connection. Usable as a context manager by backup jobs."""

    def __init__(self, path: Path, patience: float = PATIENCE_SECONDS) -> None:
        self._path = path
        self._patience = patience
        self._file: IO[Any] | None = None
        self._held = False

    def acquire(self) -> None:
        """Wait for the lock. Raises Unavailable when it is not free in time, RuntimeError inside another write."""
        if getattr(_HELD, "depth", 0):
            raise RuntimeError("writing() inside writing(): the inner one would wait for the outer one for ever")
        if not (self._acquire_file() if fcntl else _BETWEEN_THREADS.acquire(timeout=self._patience)):
            raise Unavailable("Somebody else has been writing for too long.")
        self._held = True
        _HELD.depth = 1

    def release(self) -> None:
        """Give the lock back, if it is held."""
        if not self._held:
            return
        self._held = False
        _HELD.depth = 0
        if fcntl and self._file is not None:
            fcntl.flock(self._file, fcntl.LOCK_UN)
        else:
            _BETWEEN_THREADS.release()

    def close(self) -> None:
        """Release the lock and its descriptor."""
        self.release()
        if self._file is not None:
            self._file.close()
            self._file = None

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _acquire_file(self) -> bool:
        if self._file is None:
            self._file = self._path.open("ab")
        deadline = time.monotonic() + self._patience
        while True:
            try:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > deadline:
                    return False
                time.sleep(_PAUSE_SECONDS)
            else:
                return True
