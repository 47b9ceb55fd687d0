"""The line under the marking of every document of a quarter: for whom, from what, until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from analysis import store
from analysis.cli.days import last_day_of
from analysis.config import workspace
from analysis.disclosure.policy import policy
from analysis.release.policy import ReleasePolicy, release_policy
from analysis.render.project import template_files
from analysis.render.stamp import content_id, stamp
from analysis.views.model import Variant


@dataclass(frozen=True)
class Stamps:
    """What the content ids of a quarter's documents have in common."""

    kit: str
    rules: ReleasePolicy
    last_day: date

    @classmethod
    def of(cls, region: str, period: str) -> Stamps:
        """Those of a region's quarter or year.

        Parameters
        ----------
        region
            Its id.
        """
        return cls(store.kit_fingerprint(), release_policy(workspace().registers / region), last_day_of(period))

    def line(self, notebook: str, variant: Variant, view: bytes, audience: str = "") -> str:
        """The stamp of a document.

        Parameters
        ----------
        notebook
            Stem of its source under `notebooks/`.
        view
            What it shows, as it is stored.
        audience
            Whom it is for, where it is not for the variant's own readers.
        """
        template = (workspace().notebooks / f"{notebook}.ipynb", *template_files(variant))
        content = content_id(view, template, (policy().sha256, self.rules.sha256), self.kit)
        return stamp(variant, content, self.rules.use_until(variant, self.last_day), audience)
