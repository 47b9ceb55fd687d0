"""The pack for the DfE: the same bytes for the same files, and whatever is missing is named."""

from __future__ import annotations

import hashlib
import io
import zipfile
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.registers.confirmations import Answered
from analysis.release.dfe_pack import InPack, PackManifest, digests, missing_for_dfe, packed, unpacked
from analysis.release.refused import RefusedError

FILES = {
    "cover.pdf": b"%PDF cover",
    "completeness.csv": b"authority\n825\n",
    "riia-south-east-2025-26-Q2.csv": b"Region\nSouth East\n",
    "summaries/825.pdf": b"%PDF 825",
}
BUCKS = InPack(authority="825", name="Buckinghamshire", summary="summaries/825.pdf", answered=Answered.OUTSTANDING)
WIGHT = InPack(authority="921", name="Isle of Wight", reason="Nothing was received.", answered=Answered.NOT_ASKED)
MEMBERS = ("825", "921")
APPROVED = {hashlib.sha256(FILES["summaries/825.pdf"]).hexdigest()}


def manifest(files: dict[str, bytes] = FILES, **change: Any) -> PackManifest:
    given: dict[str, Any] = {
        "region": "south-east",
        "period": "2025-26-Q2",
        "source": "made-up",
        "made_up": True,
        "kit": "0.1.0",
        "inputs": {"returns": "abc"},
        "disclosure_policy_sha256": "1" * 64,
        "release_policy_sha256": "2" * 64,
        "members": (BUCKS, WIGHT),
        "unexplained_gaps": 0,
        "documents": {name: hashlib.sha256(content).hexdigest() for name, content in files.items()},
    }
    return PackManifest.model_validate(given | change)


def test_nothing_is_missing_of_a_pack_in_which_the_silent_are_marked_and_gaps_are_explained() -> None:
    assert missing_for_dfe(manifest(), digests(FILES), MEMBERS, APPROVED) == ()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"members": (BUCKS,)}, "921 is a member"),
        ({"members": (BUCKS, WIGHT, BUCKS.model_copy(update={"authority": "886"}))}, "no member"),
        ({"members": (BUCKS, WIGHT.model_copy(update={"reason": ""}))}, "Isle of Wight has no summary"),
        ({"members": (BUCKS.model_copy(update={"summary": "summaries/9.pdf"}), WIGHT)}, "summary of Buckinghamshire"),
        (
            {"members": (BUCKS.model_copy(update={"answered": Answered.NOT_ASKED}), WIGHT)},
            "Buckinghamshire was not asked",
        ),
        ({"unexplained_gaps": 3}, "3 figures or positions are missing without a reason"),
    ],
)
def test_what_is_missing_is_named(change: dict[str, Any], told: str) -> None:
    found = missing_for_dfe(manifest(**change), digests(FILES), MEMBERS, APPROVED)
    assert len(found) == 1
    assert told in found[0]


def test_a_summary_that_was_not_approved_to_the_byte_is_named() -> None:
    other = {hashlib.sha256(b"%PDF of before").hexdigest()}
    found = missing_for_dfe(manifest(), digests(FILES), MEMBERS, other)
    assert found == ("the summary of Buckinghamshire is not the one that is put before the DBG",)


@pytest.mark.parametrize("answered", [Answered.OUTSTANDING, Answered.CONFIRMED, Answered.QUERIED])
def test_silence_or_a_query_of_its_own_does_not_hold_an_authoritys_value_back(answered: Answered) -> None:
    asked = BUCKS.model_copy(update={"answered": answered})
    assert missing_for_dfe(manifest(members=(asked, WIGHT)), digests(FILES), MEMBERS, APPROVED) == ()


@pytest.mark.parametrize("name", ["cover.pdf", "completeness.csv", "riia-south-east-2025-26-Q2.csv"])
def test_a_pack_without_one_of_its_parts_says_so(name: str) -> None:
    rest = {one: content for one, content in FILES.items() if one != name}
    assert missing_for_dfe(manifest(rest), digests(rest), MEMBERS, APPROVED) == (f"{name} is not in the pack",)
    assert name in missing_for_dfe(manifest(), digests(rest), MEMBERS, APPROVED)[0]


def test_a_file_that_nobody_listed_is_told() -> None:
    found = missing_for_dfe(manifest(), digests({**FILES, "notes.txt": b"more"}), MEMBERS, APPROVED)
    assert found == ("notes.txt is in the pack and not in its manifest",)


def test_the_same_files_are_the_same_bytes_whatever_their_order_and_are_read_back() -> None:
    content = packed(manifest(), FILES)
    assert packed(manifest(), dict(reversed(FILES.items()))) == content
    found, present = unpacked(content)
    assert (found, present) == (manifest(), digests(FILES))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist() == ["manifest.json", *sorted(FILES)]
        assert archive.read("summaries/825.pdf") == FILES["summaries/825.pdf"]


def test_files_that_are_not_those_of_the_manifest_are_not_packed() -> None:
    with pytest.raises(ValueError, match="manifest"):
        packed(manifest(), {**FILES, "cover.pdf": b"%PDF other"})


@given(st.data())
def test_a_changed_byte_of_a_file_is_found(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(FILES)))
    place = data.draw(st.integers(0, len(FILES[name]) - 1))
    content = bytearray(FILES[name])
    content[place] ^= data.draw(st.integers(1, 255))
    present = digests({**FILES, name: bytes(content)})
    found = missing_for_dfe(manifest(), present, MEMBERS, APPROVED)
    assert found == (f"{name} is not what it was when the pack was made",)


@given(st.data())
def test_a_changed_byte_of_the_archive_never_passes_for_the_pack(data: st.DataObject) -> None:
    """Bytes that only say how the archive is packed may change: what comes out is then the same pack."""
    content = bytearray(packed(manifest(), FILES))
    content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
    try:
        found, present = unpacked(bytes(content))
    except RefusedError:
        return
    assert (found, present) == (manifest(), digests(FILES)) or missing_for_dfe(found, present, MEMBERS, APPROVED)


@pytest.mark.parametrize("content", [b"", b"not a zip", packed(manifest(), FILES)[:200]])
def test_what_is_no_pack_is_refused(content: bytes) -> None:
    with pytest.raises(RefusedError, match="no pack"):
        unpacked(content)
