"""Article to who said what."""

from assistant.attribution.attribute import attribute

ATTRIBUTION_VERSION = "1"
"""Part of the index fingerprint: raised whenever the same article may give other attributions."""

__all__ = ["ATTRIBUTION_VERSION", "attribute"]
