"""One class per seam; every implementation passes it by subclassing."""

import pytest

pytest.register_assert_rewrite("tests.contracts.embedder", "tests.contracts.snapshot", "tests.contracts.vectors")
