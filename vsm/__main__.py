"""`python -m vsm`: the command line."""

import sys

from vsm.command_line import main

if __name__ == "__main__":
    sys.exit(main())
