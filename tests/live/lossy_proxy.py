"""A line to the server that loses requests on the way there and answers on the way back."""

import http.client
import random
import socket
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

PASSED_ON = ("authorization", "content-type", "accept")


@contextmanager
def lossy_line(url: str, seed: int, loss: float = 0.5) -> Iterator[tuple[str, Counter[str]]]:
    """Give the address of a line that loses this share of what goes through it, half each way; and what it did."""
    chance, fates = random.Random(seed), Counter[str]()
    server = urlsplit(url)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def carry(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            fate = chance.choices(["carried", "request lost", "answer lost"], [1 - loss, loss / 2, loss / 2])[0]
            fates[f"{self.command} {fate}"] += 1
            if fate == "request lost":
                self.hang_up()
                return
            line = http.client.HTTPConnection(server.hostname or "", server.port, timeout=300)
            line.request(self.command, self.path, body, {name: self.headers.get(name) or "" for name in PASSED_ON})
            answer = line.getresponse()
            content = answer.read()
            if fate == "answer lost":
                self.hang_up()
                return
            self.send_response(answer.status)
            self.send_header("content-type", answer.headers.get("content-type") or "")
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PATCH = carry  # noqa: N815  names that http.server looks for

        def hang_up(self) -> None:
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)

        def log_message(self, *words: object) -> None:
            """Say nothing: what was done is counted."""

    proxy = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=proxy.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{proxy.server_port}", fates
    finally:
        proxy.shutdown()
        proxy.server_close()
