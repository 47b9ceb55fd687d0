"""tartan-rug: quarterly benchmarking of children's services.

The import package is named `analysis` after the folder that the project's brief names; the distribution is
`tartan-rug` and the command `tartanrug`.
"""

from importlib.metadata import version

__version__ = version("tartan-rug")
