"""What all tests share: commands read with the quick reader where a test does not say otherwise; no test has a deadline."""

import os

from hypothesis import settings

os.environ["MATERIEL_READER"] = "quick"
settings.register_profile("materiel", deadline=None)
settings.load_profile("materiel")
