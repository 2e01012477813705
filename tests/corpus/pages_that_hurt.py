"""Imported by the process that workers are copies of: some pages hang or kill whoever reads them."""

import os
import signal
import time

from tollwire.corpus import page, page_work

NORMALISE = page.normalise_record


def normalise_record(raw_page, source, outlet=None):
    if b"A slow day" in raw_page.raw:
        time.sleep(600)
    if b"A fatal day" in raw_page.raw:
        os.kill(os.getpid(), signal.SIGKILL)
    return NORMALISE(raw_page, source, outlet)


page_work.normalise_record = normalise_record
