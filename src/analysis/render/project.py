"""The files of `reports/` that both renderers read: the wording of each profile, and the brand."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from analysis.config import workspace
from analysis.errors import BadReferenceError
from analysis.render.brand import Brand, read_brand
from analysis.views.model import Variant

PROJECT_FILE = "_quarto.yml"
BRAND_FILE = "_brand.yml"


def profile_file(profile: Variant) -> Path:
    """The file with a profile's wording."""
    return project_file(f"_quarto-{Variant(profile).value}.yml")


def project_file(name: str) -> Path:
    """A file of the project.

    Raises
    ------
    BadReferenceError
        If it is missing. Quarto would go on without a word, with the wording of another profile.
    """
    path = workspace().quarto_project / name
    if not path.is_file():
        raise BadReferenceError("a file of the Quarto project is missing", where=f"reports/{name}")
    return path


@cache
def brand() -> Brand:
    """The brand of the region's documents, the same in every variant and for every reader."""
    return read_brand(project_file(BRAND_FILE))


def brand_colour() -> str:
    """The brand's primary colour as `#12436d`."""
    return brand().primary


def template_files(profile: Variant) -> tuple[Path, ...]:
    """Every file of the project that makes a page of a variant what it is: another one, another content id."""
    return (project_file(PROJECT_FILE), profile_file(profile), project_file(BRAND_FILE), *brand().files)
