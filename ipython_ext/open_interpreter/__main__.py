"""`python -m open_interpreter` is the command line."""

import sys

from open_interpreter.cli import main

sys.exit(main())
