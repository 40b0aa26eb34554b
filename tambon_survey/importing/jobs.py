"""Long work on a file happens in a process of its own, with limits, so that no request waits and no file ends a worker.

The process outlives the request that started it. When the machine stops in the middle nothing is half done: reading
writes only the plan, applying is one transaction; the page says that the work stopped and offers to start it again.
"""

from __future__ import annotations

import gc
import logging
import os
import resource
import subprocess
import sys
from collections.abc import Callable

from django.conf import settings

from tambon_survey.models import ImportBatch

logger = logging.getLogger("nakhon.survey")
MOST_MEMORY = 600 * 1024 * 1024
MOST_SECONDS = 600


def start(batch: ImportBatch) -> None:
    """Begin what the state of the batch asks for: reading it or writing it."""
    quiet = subprocess.DEVNULL
    subprocess.Popen(
        [sys.executable, "-m", "django", "work_on_import", str(batch.pk)],
        cwd=settings.BASE_DIR,
        stdin=quiet,
        stdout=quiet,
        stderr=quiet,
        start_new_session=True,
    )


def run_apart(work: Callable[[], None]) -> bool:
    """Do the work within limits in a child of this process; whether it came to its end.

    A hostile file may end whatever reads it, without a word: this process is left to say so.
    """
    child = os.fork()
    if child == 0:
        code = 1
        try:
            limit()
            work()
            code = 0
        except Exception as why:
            logger.error("work on a file ended with %s", type(why).__name__)
        finally:
            os._exit(code)
    return os.waitpid(child, 0)[1] == 0


def limit() -> None:
    """Bound this process: memory in bytes, processor seconds. Called before it opens the file.

    It makes many objects and no rings of them: looking for rings as often as a server does took a tenth of its time.
    """
    gc.set_threshold(100_000)
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
