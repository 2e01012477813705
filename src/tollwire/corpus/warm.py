"""
Loads all that reading a page needs, when it is imported.

The process that ``workers`` are copies of imports it: so it is loaded once, is in memory once, and a worker that takes
the place of one that died starts at once.
"""

import gc

from tollwire.corpus.page import normalise_page

SENTENCE = "Nine people were hurt on 14 March 2021 when a bridge at Orsk gave way under a lorry, the council said."
PAGE = "\n".join(("A bridge at Orsk gives way", "By Mera Vell", *(f"{number}. {SENTENCE}" for number in range(4))))
HTML = f"<html><title>A bridge at Orsk</title><body><h1>A bridge at Orsk</h1>{f'<p>{SENTENCE}</p>' * 4}</body></html>"

normalise_page(PAGE, "text")
normalise_page(HTML, "html")
gc.freeze()  # what is loaded now stays: nobody needs to look whether it is garbage
