"""One writer at a time on SQLite: a file lock beside the database, taken before BEGIN IMMEDIATE.

SQLite's own busy handler sleeps and retries without order, so that under load some writers wait for seconds. The
lock also keeps commits, and the checkpoints they start, from running beside another writer (the WAL-reset bug of
SQLite before 3.51.3).

The threads of one process queue at a lock in memory, so that only the first of them asks for the file. Where fcntl is
missing (Windows, one process) the lock in memory is enough.
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
_WRITING_THREADS: set[int] = set()
_QUEUES: dict[Path, threading.Lock] = {}


class WriteLock:
    """The lock of one database file; one descriptor a connection. Usable as a context manager by backup jobs."""

    def __init__(
        self, path: Path, patience: float = PATIENCE_SECONDS, between_processes: bool = fcntl is not None
    ) -> None:
        self._path = path
        self._patience = patience
        self._between_processes = between_processes
        self._queue = _QUEUES.setdefault(path.absolute(), threading.Lock())
        self._file: IO[Any] | None = None
        self._holder: int | None = None  # the thread it was taken in; the pool may give it back in another one

    def acquire(self) -> None:
        """Wait for the lock, unless it is held already.

        Raises Unavailable when it is not free in time, RuntimeError inside another write of the same thread.
        """
        if self._holder is not None:
            return  # the next transaction on the same connection
        thread = threading.get_ident()
        if thread in _WRITING_THREADS:
            raise RuntimeError("writing() inside writing(): the inner one would wait for the outer one for ever")
        deadline = time.monotonic() + self._patience
        if not self._queue.acquire(timeout=self._patience):
            raise Unavailable("Somebody else has been writing for too long.")
        try:
            if self._between_processes:
                self._lock_file(deadline)
        except BaseException:
            self._queue.release()
            raise
        self._holder = thread
        _WRITING_THREADS.add(thread)

    def release(self) -> None:
        """Give the lock back, if it is held."""
        if self._holder is None:
            return
        _WRITING_THREADS.discard(self._holder)
        self._holder = None
        if self._file is not None:
            fcntl.flock(self._file, fcntl.LOCK_UN)
        self._queue.release()

    def close(self) -> None:
        """Release the lock and its descriptor."""
        self.release()
        if self._file is not None:
            self._file.close()
            self._file = None

    def __enter__(self) -> Self:
        try:
            self.acquire()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _lock_file(self, deadline: float) -> None:
        if self._file is None:
            try:
                self._file = self._path.open("ab")
            except OSError as error:  # no room, no right to write, too many open files
                raise Unavailable(f"The write lock cannot be opened: {error}") from error
        while True:
            try:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise Unavailable("Another process has been writing for too long.") from None
                time.sleep(_PAUSE_SECONDS)
            else:
                return
