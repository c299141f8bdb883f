"""`quizapp serve` as a process of its own, with gunicorn and its workers, and a plain HTTP client for it."""

import os
import random
import re
import signal
import socket
import subprocess
import sys
import time
from html import unescape
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlencode

START_SECONDS = 30
HIDDEN = re.compile(r'<input (?:id="[^"]*" )?(?:type="hidden" )?name="([^"]+)" (?:type="hidden" )?value="([^"]*)">')
RADIO = re.compile(r'type="radio" name="response" value="([^"]+)"')
BOX = re.compile(r'type="checkbox" name="(response-\d+)"')
SELECT = re.compile(r'<select[^>]* name="(response-\d+)"')
TYPED = re.compile(r'<input class="input"[^>]* name="(response[-\d]*)"')


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(**more: str) -> dict[str, str]:
    """Return the environment of a command that knows nothing of another installation."""
    return {name: value for name, value in os.environ.items() if not name.startswith("QUIZAPP_")} | more


class ServedApp:
    """Runs while the `with` block does, in a process group of its own that can be killed whole."""

    def __init__(self, instance: Path, port: int | None = None, **settings: str) -> None:
        self.instance = instance
        self.port = port or free_port()
        self._settings = settings
        self.printed = ""
        self.seconds = 0.0

    def __enter__(self) -> Self:
        began = time.monotonic()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "quizapp", "serve", "--port", str(self.port)],
            env=environment(QUIZAPP_INSTANCE=str(self.instance), **self._settings),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        for line in self._process.stdout or ():  # ends when the command does
            self.printed += line
            if line.startswith("quizapp is ready"):
                break
        while not self.answers():
            if self._process.poll() is not None or time.monotonic() - began > START_SECONDS:
                self.kill()
                raise RuntimeError(f"it does not serve: {self.printed}")
            time.sleep(0.02)
        self.seconds = time.monotonic() - began
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    def answers(self) -> bool:
        try:
            return Browser(self.port).get("/hello")[0] == 200
        except OSError:
            return False

    def stop(self) -> int:
        """End it as Ctrl+C does; return its exit status."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
        return self._gone()

    def kill(self) -> None:
        """Kill it and its workers at once, without a chance to finish anything."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
        self._gone()

    def _gone(self) -> int:
        out = self._process.stdout
        if out is not None and not out.closed:
            self.printed += out.read()
            out.close()
        return self._process.wait(START_SECONDS)


class Browser:
    """A plain HTTP client with a cookie jar; every failure of the connection is an OSError."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._cookies: SimpleCookie = SimpleCookie()

    def get(self, path: str) -> tuple[int, str]:
        status, page, _ = self._send("GET", path)
        return status, page

    def post(self, path: str, fields: dict[str, str]) -> tuple[int, str]:
        """Return the status and where the answer leads."""
        status, _, location = self._send("POST", path, urlencode(fields))
        return status, location

    def _send(self, method: str, path: str, body: str | None = None) -> tuple[int, str, str]:
        headers = {"Cookie": "; ".join(f"{name}={one.value}" for name, one in self._cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            page = answer.read().decode()
        except HTTPException as error:
            raise ConnectionError(str(error)) from error
        finally:
            connection.close()
        for cookie in answer.headers.get_all("Set-Cookie", []):
            self._cookies.load(cookie)
        return answer.status, page, answer.headers.get("Location", "")


def hidden_fields(page: str) -> dict[str, str]:
    return {name: unescape(value) for name, value in HIDDEN.findall(page)}


def filled_in(page: str, chance: random.Random) -> dict[str, str]:
    """Answer the question on a page anyhow, whatever its type: choose, tick, match, order or type something."""
    radios, boxes, selects = RADIO.findall(page), BOX.findall(page), SELECT.findall(page)
    if radios:
        return {"response": chance.choice(radios)}
    if boxes:
        return {chance.choice(boxes): "yes"}
    if selects:  # every select another place, so that an order is complete
        return {name: str(place) for place, name in enumerate(chance.sample(selects, len(selects)), 1)}
    return {name: str(chance.randrange(10, 50)) for name in TYPED.findall(page)}
