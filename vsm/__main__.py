"""`python -m vsm`: the command line."""

import logging
import sys

from vsm.command_line import main

if __name__ == "__main__":
    # What the store says is the command's answer, and needs no line of a log besides.
    logging.getLogger("vsm.store").setLevel(logging.CRITICAL)
    sys.exit(main())
