"""`python -m eval` is `assistant eval`."""

from __future__ import annotations

import sys

from assistant.__main__ import main

if __name__ == "__main__":
    sys.argv = ["assistant", "eval", *sys.argv[1:]]
    main()
