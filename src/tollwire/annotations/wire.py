"""Carry requests to a Label Studio server: sign them, repeat what may be repeated, say in one line what went wrong."""

import re
from collections.abc import Callable, Generator
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tollwire.problems import Problem, ServiceError, shown

if TYPE_CHECKING:
    import httpx

ATTEMPTS = 5

Json = Any


class NoAnswerError(ServiceError):
    """A request that writes got no answer: it may have been carried out or not, so look before you send it again."""


class _PassingError(ServiceError):
    """The line or the server failed in a way that another attempt may not."""


class Wire:
    """
    The line to one server as one account.

    Reading is tried again when the line fails. Writing is sent once: see ``NoAnswerError``.
    """

    def __init__(self, url: str, token: str, attempts: int = ATTEMPTS) -> None:
        import httpx

        self.url = url.rstrip("/")
        self.attempts = attempts
        try:
            host = urlsplit(self.url).hostname
        except ValueError as error:
            raise self.strange(f"it is not an address ({error})") from error
        self._http = httpx.Client(
            auth=token_auth(self.url, token),
            timeout=httpx.Timeout(300, connect=10),
            # A proxy set in the environment can't reach this machine's own loopback.
            trust_env=host not in ("127.0.0.1", "localhost", "::1"),
        )

    def close(self) -> None:
        """Let go of the connections."""
        self._http.close()

    def get(self, path: str, query: dict[str, Json] | None = None) -> Json:
        """Read something, as often as it takes."""
        return self.decoded(self.get_undecoded(path, query))

    def get_undecoded(self, path: str, query: dict[str, Json] | None = None) -> "httpx.Response":
        """Read something as ``get`` does, and leave it to the caller when to decode it."""
        return self._retried(lambda: self._accepted("GET", path, params=query))

    def decoded(self, answer: "httpx.Response") -> Json:
        """Give what an answer says; every answer of the server is JSON."""
        try:
            return answer.json()
        except ValueError as error:
            raise self.strange(f"its answer to {answer.request.url.path} is not JSON") from error

    def post(self, path: str, body: Json) -> Json:
        """
        Make something, once.

        Raises:
            NoAnswerError: it is not known whether it was made.
        """
        try:
            return self.decoded(self._accepted("POST", path, json=body))
        except _PassingError as passing:
            raise NoAnswerError(passing.problems) from passing

    def patch(self, path: str, body: Json) -> Json:
        """Set something to a value, as often as it takes: setting it twice changes nothing."""
        return self.decoded(self._retried(lambda: self._accepted("PATCH", path, json=body)))

    def _retried(self, call: "Callable[[], httpx.Response]") -> "httpx.Response":
        from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential

        retrying = Retrying(
            stop=stop_after_attempt(self.attempts),
            wait=wait_exponential(multiplier=0.2, max=10),
            retry=retry_if_exception_type(_PassingError),
            reraise=True,
        )
        return retrying(call)

    def _accepted(self, method: str, path: str, **body: Json) -> "httpx.Response":
        answer = self.answer(method, path, **body)
        if answer.status_code in (401, 403):
            raise _wrong_token(self.url, f"the server refused the token: {reason(answer)}")
        if answer.is_redirect:
            raise self.strange(f"it redirects {path} to {shown(answer.headers.get('location', ''))}")
        if answer.is_client_error:
            raise ServiceError(Problem(self.url, "refused", f"{method} {path}: {answer.status_code}, {reason(answer)}"))
        return answer

    def answer(self, method: str, path: str, **body: Json) -> "httpx.Response":
        """Send one request and give the answer whatever it says, unless the line or the server failed."""
        import httpx

        try:
            answer = self._http.request(method, self.url + path, **body)
        except httpx.InvalidURL as error:
            raise self.strange(f"it is not an address ({error})") from error
        except httpx.UnsupportedProtocol as error:
            raise self.strange("the address must begin with http:// or https://") from error
        except httpx.TransportError as error:
            raise _PassingError(
                Problem(self.url, "unreachable", f"no answer to {method} {path} ({error or type(error).__name__})",
                        "start the server with `tollwire studio up`, or check LABEL_STUDIO_URL and the line")
            ) from error  # fmt: skip
        _raise_passing(self.url, answer)
        return answer

    def strange(self, what: str) -> ServiceError:
        """Say that the address is not that of a Label Studio server, and how that shows."""
        fix = "set LABEL_STUDIO_URL to the address of a Label Studio server, without a path behind it"
        return ServiceError(Problem(self.url, "not-label-studio", what, fix))


def token_auth(url: str, token: str) -> "httpx.Auth":
    """
    Sign requests with a token: a legacy one goes as it is; a personal access token is traded for short-lived ones.

    A refused short-lived token is traded again once, whatever the clock says: clocks differ, servers restart.

    Raises:
        ServiceError: the token holds characters that no token has.
    """
    import httpx

    token = token.strip()
    if not re.fullmatch(r"[\w.=+/~-]+", token, re.ASCII):
        raise _wrong_token(url, "the token is empty or has characters that no token has")

    class LegacyToken(httpx.Auth):
        def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
            request.headers["Authorization"] = f"Token {token}"
            yield request

    class PersonalToken(httpx.Auth):
        requires_response_body = True
        access = ""

        def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
            if self.access:
                request.headers["Authorization"] = f"Bearer {self.access}"
                answer = yield request
                if answer.status_code != 401:
                    return
            traded = yield httpx.Request("POST", f"{url}/api/token/refresh/", json={"refresh": token})
            _raise_passing(url, traded)
            if traded.status_code in (400, 401, 403):
                raise _wrong_token(url, f"the server refused the personal access token: {reason(traded)}")
            # Anything else that is no access token is no Label Studio, and what was asked for will show it.
            self.access = _access(traded)
            request.headers["Authorization"] = f"Bearer {self.access}".strip()
            yield request

    # A personal access token is a JSON Web Token: three parts with dots between, the first an encoded {"...
    return PersonalToken() if token.startswith("eyJ") and token.count(".") == 2 else LegacyToken()


def _access(traded: "httpx.Response") -> str:
    try:
        found = traded.json()
    except ValueError:
        return ""
    return str(found.get("access", "")) if isinstance(found, dict) else ""


def _raise_passing(url: str, answer: "httpx.Response") -> None:
    if answer.is_server_error or answer.status_code in (408, 429):
        what = f"{answer.request.method} {answer.request.url.path}: {answer.status_code}, {reason(answer)}"
        raise _PassingError(Problem(url, "server-error", what, "look into the server's log, or try again later"))


def _wrong_token(url: str, what: str) -> ServiceError:
    fix = "copy it again from Account & Settings in Label Studio"
    return ServiceError(Problem(url, "wrong-token", what, fix))


def reason(answer: "httpx.Response") -> str:
    """Give the server's own words for why it refused, on one line."""
    try:
        body = answer.json()
    except ValueError:
        return answer.reason_phrase or "no reason given"
    if not isinstance(body, dict):
        return shown(body)
    details = body.get("validation_errors") or body.get("detail") or body
    return shown(details, 300) if not isinstance(details, str) else " ".join(details.split())
