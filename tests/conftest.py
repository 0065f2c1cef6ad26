"""What all tests share: commands read with the quick reader where a test does not say otherwise."""

import os

os.environ["MATERIEL_READER"] = "quick"
