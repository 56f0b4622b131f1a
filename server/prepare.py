"""``python -m server.prepare [FOLDER]``: compile all programs ahead, for an image or a host.

What is in the folder already is not compiled again; a server that finds it is ready at once.
It ends with ``NOT_KEPT`` as soon as the folder takes no more of what a server waits for: going on
would be for nothing. Programs of maps come after that, and the status says nothing of them: what
is not compiled or not kept is said in the log, and compiled when it is asked for.
"""

import argparse
import os
import sys

from server.engine.attachment import ATTACHED, attach


def main() -> int:
    """Compile, and answer 1 if something that a server waits for does not compile."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # Before the imports, which take seconds.
    if ATTACHED in sys.argv:
        attach()
    from server import runtime
    from server.api.maps.opening import compile_ahead, requests
    from server.engine import store
    from server.engine.preparation import NOT_KEPT, fill, report
    from server.engine.programs import Programs
    from server.engine.warmup import Progress
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
        print(f"{left} programs left", flush=True)

    def tell_maps(left: int) -> None:
        if not arguments.attached:
            print(f"{left} maps left", flush=True)

    def maps() -> None:
        # A cluster keeps its own.
        if settings.cluster:
            return
        # Maps' programs are those of their workers, under flags of their own.
        count = 0 if settings.map_workers == 0 else 1
        workers = chosen(programs, Where(settings.device, arguments.folder), count)
        try:
            compile_ahead(workers, programs, kept, list(requests()), tell_maps)
        finally:
            workers.close()

    programs = Programs(placement, store=kept)
    status = fill(programs, kept, tell, maps)
    if not status and not arguments.attached:
        print("done", flush=True)
    return status


if __name__ == "__main__":
    sys.exit(main())
