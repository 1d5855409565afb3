"""A record is found, corrected and taken back without a pointer: Tab, Enter and letters alone."""

from village import Failure
from window import Keys, Window
from words import RECORDS, Words


def journey(village):
    words, records = Words("en"), RECORDS["en"]
    with Window(village.console, "en") as window:
        window.prefix = "keyboard"
        window.go(village.link())
        # The first step leads past the head of the page.
        window.tab_to(words["skip"])
        window.picture("skip")
        window.key(Keys.ENTER)
        window.until("the page itself comes next", lambda: window.driver.current_url.endswith("#main"))
        window.go("/")
        window.tab_to(words["place_records"])
        window.enter()
        window.tab_to(records["project"])
        window.enter()
        window.tab_to(words["search"])
        window.key("saline")
        window.enter()
        window.tab_to("Reclaiming saline soils")
        window.enter()
        window.tab_to(words["edit"])
        window.picture("focus")
        window.enter()
        window.tab_to(records["title"])
        window.key(Keys.END, ", Osh")
        # Enter in a line sends the form, as everywhere.
        window.enter()
        if village.sql("urumqi", "SELECT title_en FROM project WHERE id = 'soil'") != "Reclaiming saline soils, Osh":
            raise Failure("the title was not written")
        window.tab_to(words["undo"])
        window.enter()
        if village.sql("urumqi", "SELECT title_en FROM project WHERE id = 'soil'") != "Reclaiming saline soils":
            raise Failure("the title was not taken back")
        window.is_quiet()
