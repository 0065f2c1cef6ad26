"""What all tests share: the quick reader where a test does not ask for another, no deadlines, interrupts heeded."""

import os
import signal

from hypothesis import settings

os.environ["MATERIEL_READER"] = "quick"
settings.register_profile("materiel", deadline=None)
settings.load_profile("materiel")
# A shell lets what it runs in the background ignore interrupts; the commands that tests start must not.
signal.signal(signal.SIGINT, signal.default_int_handler)
