"""Settings of all tests."""

import os

from hypothesis import settings

# A change is judged by the same examples each time; whoever works on the code gets new ones with every run.
settings.register_profile("judged", derandomize=True, deadline=None)
settings.register_profile("working", deadline=None)
settings.load_profile("judged" if os.environ.get("CI") else "working")
