"""The work of normalising, where some pages hang or kill whoever reads them."""

import os
import signal
import time

from tollwire.contracts.records import Article, Rejection
from tollwire.corpus.page import RawPage
from tollwire.corpus.page_work import NormalisePages


class HurtingPages(NormalisePages):
    """A slow day's page hangs, a fatal day's kills."""

    def _outcome(self, page: RawPage) -> Article | Rejection:
        if b"A slow day" in page.raw:
            time.sleep(600)
        if b"A fatal day" in page.raw:
            os.kill(os.getpid(), signal.SIGKILL)
        return super()._outcome(page)
