"""Meeting other nodes: over a connection by one click, and by a file that somebody carried."""

from coordinator import expect
from window import Window
from words import RECORDS, Words


def journey(village, language):
    words, records = Words(language), RECORDS[language]
    address = village.serve("dushanbe", console=False)
    with Window(village.console, language) as window:
        window.prefix = "exchange-" + language
        window.go(village.link())
        window.press(words["place_alliance"], "nav")
        window.open(words["peer_add"])
        window.type(words["name"], "Dushanbe")
        window.type(words["addresses"], address)
        window.press(words["save"])
        window.says(words["done_peer"])
        village.sql("urumqi", "UPDATE project SET note = 'by wire' WHERE id = 'soil'")
        window.press(words["sync_now"], "#live-peers")
        # Where it takes longer the page is there before its end, and follows. The server may have been quicker with what there was.
        said = words["sync_done"].split("{1}")[0].replace("{0}", "Dushanbe")
        window.until("what came of it is said", lambda: said in window.script("return document.getElementById('live-sync').innerText"))
        expect(village.sql("dushanbe", "SELECT note FROM project WHERE id = 'soil'"), "by wire", "the note there")
        window.picture("synced")
        # What somebody wrote who meets nobody comes in by a file; what it holds is said first.
        village.caravan("osh", "join", village.caravan("urumqi", "invite"), "--name", "Osh")
        village.sql("osh", "UPDATE project SET note = 'by stick' WHERE id = 'rail'")
        file = village.path("from-osh.bundle")
        village.caravan("osh", "bundle", "export", file, "--all")
        window.go("/alliance")
        window.field(words["stick_file"]).send_keys(file)
        window.press(words["stick_look"])
        window.says("Osh")
        window.picture("inspected")
        expect(village.sql("urumqi", "SELECT note IS NULL FROM project WHERE id = 'rail'"), "1", "what a look takes in")
        window.press(words["stick_take"], "main")
        window.until("it is said", lambda: window.all(".note"))
        expect(village.sql("urumqi", "SELECT note FROM project WHERE id = 'rail'"), "by stick", "the note that came")
        # A form that breaks a rule says so beside the field, and keeps what was typed.
        window.expected.append("409")
        window.go("/edit/project/soil")
        window.type(records["starts"], "2026-13-01")
        window.press(words["save"])
        window.says(words["error_day"])
        expect(window.field(records["starts"]).get_attribute("value"), "2026-13-01", "what was typed")
        expect(window.field(records["starts"]).get_attribute("aria-invalid"), "true", "the mark of the field")
        window.picture("refused")
        window.is_quiet()
