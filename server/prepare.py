"""``python -m server.prepare [FOLDER]``: compile all programs ahead, for an image or a host.

What is in the folder already is not compiled again; a server that finds it is ready at once.
It ends with ``NOT_KEPT`` as soon as the folder takes no more: going on would be for nothing.
"""

import argparse
import os
import sys

from server.engine.attachment import ATTACHED, attach


def main() -> int:
    """Compile, and answer 1 if something does not compile."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # Before the imports, which take seconds.
    if ATTACHED in sys.argv:
        attach()
    from server import runtime
    from server.api.maps.opening import works
    from server.engine import store
    from server.engine.identity import environment
    from server.engine.preparation import NOT_KEPT, report
    from server.engine.programs import Programs
    from server.engine.warmup import Progress, WarmUp, afterwards
    from server.maps.running import Where, chosen
    from server.settings import Settings

    settings = Settings()
    parser = argparse.ArgumentParser(prog="python -m server.prepare", description=__doc__)
    parser.add_argument("folder", nargs="?", default=settings.programs, help="of the programs")
    parser.add_argument(ATTACHED, action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    placement = runtime.configure("cpu" if arguments.attached else settings.device)
    kept = store.opened(arguments.folder)
    if kept is None or kept.own is None:
        return 1

    def tell(progress: Progress) -> None:
        if not kept.keeps:
            sys.stderr.flush()
            os._exit(NOT_KEPT)
        if arguments.attached:
            report(progress)
            return
        left = progress.total - progress.done + progress.afterwards
        print(f"{left} left" if left else "done", flush=True)

    programs = Programs(placement, store=kept)
    # A cluster keeps its own. Maps' programs are those of their workers, under flags of their own.
    count = 0 if settings.cluster or settings.map_workers == 0 else 1
    workers = chosen(programs, Where(settings.device, arguments.folder), count)
    maps = [] if settings.cluster else works(workers)
    warm_up = WarmUp(programs, then=[*maps, *afterwards()], watch=tell)
    warm_up.start()
    warm_up.finish()
    workers.close()
    progress = warm_up.progress()
    if progress.status != "ready" or progress.failed:
        return 1
    kept.note_prepared(environment(placement.sequential), warm_up.noted)
    return 0 if kept.keeps else NOT_KEPT


if __name__ == "__main__":
    sys.exit(main())
