"""``python -m flamecheck``."""

import sys

from flamecheck.cli.main import main

sys.exit(main())
