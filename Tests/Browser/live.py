"""What another node writes shows on pages that are open, and nothing that is being typed is lost."""

from coordinator import expect
from window import Window
from words import RECORDS, Words


def journey(village):
    words, records = Words("ru"), RECORDS["ru"]
    with Window(village.console, "ru") as window:
        window.prefix = "live"
        window.go(village.link())
        window.go("/records/project/cotton")
        village.sql("dushanbe", "UPDATE project SET status = 'running', title_ru = 'Орошение' WHERE id = 'cotton'")
        village.meet()
        window.until("the record follows", lambda: "Орошение" in window.script("return document.getElementById('live-record').innerText"))
        # A form in which somebody types keeps what was typed, and says beside the field what came.
        window.go("/edit/project/cotton")
        window.type(records["title"], "Капельное орошение: три группы")
        village.sql("dushanbe", "UPDATE project SET title_ru = 'Орошение хлопчатника', note = 'Перенесено' WHERE id = 'cotton'")
        village.meet()
        window.until("what came stands beside the field", lambda: any("Орошение хлопчатника" in one.text for one in window.all(".now")))
        expect(window.field(records["title"]).get_attribute("value"), "Капельное орошение: три группы", "what was typed")
        window.picture("both")
        # Sent now, nothing is written over: both stand there, and are asked about.
        window.expected.append("409")
        window.press(words["save"])
        window.says(words["changed_since"])
        expect(window.field(records["title"]).get_attribute("value"), "Капельное орошение: три группы", "what was typed")
        expect(village.sql("urumqi", "SELECT title_ru FROM project WHERE id = 'cotton'"), "Орошение хлопчатника", "the title")
        window.picture("asked")
        window.press(words["save"])
        window.says(words["done_saved"])
        expect(
            village.sql("urumqi", "SELECT title_ru || ' / ' || note FROM project WHERE id = 'cotton'"),
            "Капельное орошение: три группы / Перенесено", "the title and the note")
        window.is_quiet()
