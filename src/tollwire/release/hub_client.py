"""The Hub's client as publishing needs it: answers that are waited for so long and no longer, retries that end."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from tollwire.problems import Problem, ServiceError, shown

if TYPE_CHECKING:
    from huggingface_hub import HfApi

TOKEN = re.compile(r"hf_\w+")
PASSING = (408, 425, 429, 500, 502, 503, 504)  # answers after which the same may succeed
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Retries:
    """How often a step is tried, and how many seconds are waited before the second time; twice as long each time."""

    times: int = 5
    first_wait: float = 1.0
    longest_wait: float = 30.0

    def run(self, step: Callable[[], Result]) -> Result:
        """Run a step, again where the fault may pass. The last one's exception is raised."""
        from tenacity import Retrying, retry_if_exception, stop_after_attempt, wait_exponential, wait_random

        retrying = Retrying(
            stop=stop_after_attempt(self.times),
            wait=wait_exponential(self.first_wait, self.longest_wait) + wait_random(0, self.first_wait / 2),
            retry=retry_if_exception(may_pass),
            reraise=True,
        )
        return retrying(step)


def may_pass(error: BaseException) -> bool:
    """Say whether the same step may succeed a moment later: a line that broke, a server that is busy."""
    from huggingface_hub.errors import HfHubHTTPError

    if isinstance(error, HfHubHTTPError):
        return _status(error) in PASSING
    # OSError is what the clients for large files raise, and a proxy that went away.
    return isinstance(error, OSError) or _is_transport(error)


def _status(error: Any) -> int | None:
    response = getattr(error, "response", None)
    return getattr(response, "status_code", None)


def _is_transport(error: BaseException) -> bool:
    # httpx or its successor, whichever the Hub's client has; and hf_xet, which raises bare RuntimeErrors.
    names = {one.__name__ for one in type(error).__mro__}
    return bool(names & {"TransportError", "RuntimeError"})


def is_stale(error: Any) -> bool:
    """Say whether a commit was refused for its parent is not the head any more."""
    return _status(error) == 412


def is_conflict(error: Any) -> bool:
    """Say whether what was to be made is there already."""
    return _status(error) == 409


@contextmanager
def client(endpoint: str | None, seconds: float) -> Iterator["HfApi"]:
    """
    Give a client that waits ``seconds`` for each answer: the Hub's own waits for ever (huggingface_hub 2.4).

    The token is that of the environment (HF_TOKEN) or of the Hub's own login, and is nowhere shown.
    """
    from huggingface_hub import HfApi, set_client_factory
    from huggingface_hub.utils._http import default_client_factory
    from huggingface_hub.utils.tqdm import disable_progress_bars, enable_progress_bars

    def patient() -> Any:
        made = default_client_factory()
        made.timeout = seconds
        return made

    set_client_factory(patient)
    disable_progress_bars()
    try:
        yield HfApi(endpoint=endpoint)
    finally:
        enable_progress_bars()
        set_client_factory(default_client_factory)


@contextmanager
def telling(where: str) -> Iterator[None]:
    """Turn what the Hub's client raises into one line of ours, without any token."""
    from huggingface_hub.errors import HfHubHTTPError

    try:
        yield
    except HfHubHTTPError as error:
        status = _status(error)
        what = TOKEN.sub("hf_...", str(error).strip().splitlines()[-1] if str(error).strip() else type(error).__name__)
        if status in (401, 403):
            fix = "log in with `hf auth login`, or set HF_TOKEN to a token that may write there"
            raise ServiceError(Problem(where, "not-allowed", shown(what, 200), fix)) from error
        fix = "publish again: what was sent is not sent twice"
        raise ServiceError(Problem(where, "hub-failed", f"status {status}: {shown(what, 200)}", fix)) from error
    except Exception as error:
        if not may_pass(error):
            raise
        what = TOKEN.sub("hf_...", f"{type(error).__name__}: {error}")
        fix = "check the line, then publish again: what was sent is not sent twice"
        raise ServiceError(Problem(where, "hub-unreachable", shown(what, 200), fix)) from error
