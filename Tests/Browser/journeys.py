#!/usr/bin/env python3
"""Journeys through the console in a real browser, as people make them.

    journeys.py coordinator zh|ru|en    sign in, find a project, correct it, see who wrote it, settle conflicts of all five kinds, bring a
                                        workbook in and take it back, invite, see that the other node is in sync
    journeys.py keyboard                sign in, find a record, correct it and take it back with Tab and Enter alone
    journeys.py live                    what another node writes shows on open pages, and nothing that is being typed is lost
    journeys.py exchange zh|ru|en       meet another node by one click, and by a file; a form that breaks a rule
    journeys.py pages zh|ru|en          every page at 360 and 1,280 pixels, held against the rules for all pages; in Chinese in the dark

CARAVAN_BIN names the built command; where CARAVAN_SCREENSHOTS names a folder, pictures are kept there. Exits 0 if all is well, else 1 with
a sentence."""

import signal
import sys

import coordinator
import exchange
import keyboard
import live
import pages
from village import Failure, Village
from window import needs

JOURNEYS = {"coordinator": coordinator.journey, "exchange": exchange.journey, "keyboard": keyboard.journey, "live": live.journey, "pages": pages.journey}


def main(words):
    if not words or words[0] not in JOURNEYS:
        print(__doc__)
        return 1

    def give_up(*_):
        raise Failure("the journey does not come to its end")

    # What hangs is ended here, so that everything that was started ends too.
    signal.signal(signal.SIGALRM, give_up)
    signal.signal(signal.SIGTERM, give_up)
    signal.alarm(900)
    try:
        needs()
        with Village() as village:
            village.found()
            JOURNEYS[words[0]](village, *words[1:])
    except Failure as failure:
        print(f"{' '.join(words)}: {failure}")
        return 1
    print(f"{' '.join(words)}: well")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
