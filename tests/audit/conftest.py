"""A pack for Buckinghamshire, in which the rest of the South East is concealed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # for planted.py, which the tests here share

from analysis.audit.deny import Deny, deny_list
from analysis.reference.regions import find_region

READER = "825"


@pytest.fixture(scope="session")
def deny() -> Deny:
    members = find_region("south-east").everyone
    return deny_list(
        members, allowed=[READER], people=["Jane Smithson", "Aled ap Rhys"], machines=["jsmithson7", "lapt-0417"]
    )
