"""`tartanrug sbom`: every pinned package, with its hashes, the same each time."""

import json
import re
from pathlib import Path

import pytest

from analysis.cli.sbom import bill_of
from analysis.errors import BadReferenceError

LOCK = (Path(__file__).resolve().parents[2] / "requirements" / "run.lock").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def bill():
    return json.loads(bill_of(LOCK))


def test_every_pin_of_the_lock_is_a_component_with_all_of_its_hashes(bill):
    components = {(one["name"], one["version"]): one for one in bill["components"]}
    assert set(components) == set(re.findall(r"^(\S+?)==([^\s;]+)", LOCK, re.M))
    assert sum(len(one["hashes"]) for one in components.values()) == LOCK.count("--hash=sha256:")
    block = LOCK.partition("\npydantic==")[2]
    own = re.findall(r"sha256:([0-9a-f]{64})", re.split(r"\n(?=\S)", block)[0])
    assert [one["content"] for one in components["pydantic", block.split()[0]]["hashes"]] == sorted(own)


def test_a_package_for_some_machines_says_which(bill):
    # One package may be pinned twice, for one Python and for another.
    marked = {(name, pin): where for name, pin, where in re.findall(r"^(\S+?)==([^\s;]+) ; (.+?) \\$", LOCK, re.M)}
    assert marked
    for one in bill["components"]:
        told = [held["value"] for held in one.get("properties", ())]
        pin = (one["name"], one["version"])
        assert told == ([marked[pin]] if pin in marked else [])
        assert one["scope"] == ("optional" if pin in marked else "required")


def test_each_is_referred_to_once_and_by_a_package_url(bill):
    references = [one["bom-ref"] for one in bill["components"]]
    assert len(set(references)) == len(references)
    assert all(re.fullmatch(r"pkg:pypi/[a-z0-9-]+@\S+", reference) for reference in references)
    assert bill["compositions"][0]["assemblies"] == references


def test_it_is_of_the_form_that_cyclonedx_asks_for(bill):
    assert (bill["bomFormat"], bill["specVersion"], bill["version"]) == ("CycloneDX", "1.6", 1)
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}", bill["serialNumber"])
    assert "timestamp" not in bill["metadata"]


def test_the_same_lock_gives_the_same_bytes_and_another_lock_another_number():
    assert bill_of(LOCK) == bill_of(LOCK)
    other = LOCK.replace("sha256:0", "sha256:1", 1)
    assert json.loads(bill_of(other))["serialNumber"] != json.loads(bill_of(LOCK))["serialNumber"]


@pytest.mark.parametrize("line", ["pandas>=2", "-e .", "pandas @ file:///x", "    --hash=md5:0"])
def test_a_line_that_pins_nothing_is_refused_by_its_number(line):
    with pytest.raises(BadReferenceError) as refused:
        bill_of(f"{LOCK}{line}\n")
    assert refused.value.where.endswith(f"line {len(LOCK.splitlines()) + 1}")
