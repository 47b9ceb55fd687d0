"""The examples that several of these files share."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))  # for linked_examples.py, which the tests here share
