"""A coordinator's day: find a project, correct it, see who wrote it, settle what was written apart, bring a workbook in and take it back, invite,
and see that the other node is in sync."""

from village import Failure
from window import Window
from words import RECORDS, Words

FOUND = {"zh": "滴灌", "ru": "орошение", "en": "coton"}
BETTER = {"zh": "棉花滴灌：教师培训", "ru": "Капельное орошение хлопчатника: подготовка", "en": "Drip irrigation of cotton"}
OTHER = {"zh": "电力机车检修与保养", "ru": "Ремонт электровозов и уход", "en": "Maintenance of electric engines and trains"}
NEW = {"zh": "和田学院", "ru": "Хотанский колледж", "en": "Hotan College"}


def journey(village, language):
    words, records = Words(language), RECORDS[language]
    village.write_apart()
    with Window(village.console, language) as window:
        window.prefix = "coordinator-" + language
        sign_in(window, village, words)
        correct(window, village, words, records)
        settle(window, village, words, records)
        bring(window, village, words, records)
        invite(window, village, words)
        in_sync(window, village, words)
        leave(window, village, words)
        window.is_quiet()


def expect(value, wanted, what):
    if value != wanted:
        raise Failure(f"{what} is “{value}”, and should be “{wanted}”")


def sign_in(window, village, words):
    link = village.link()
    window.go(link)
    expect(window.heading(), "Urumqi", "the first heading")
    expect(window.script("return document.documentElement.lang"), words.language, "the language of the page")
    if "secret" in window.driver.current_url:
        raise Failure("the secret stays in the address")
    window.picture("overview")
    # Nobody else comes in by the link that was used.
    with Window(village.console, words.language) as other:
        other.prefix = window.prefix + "-again"
        other.expected = ["403", "401"]
        other.go(link)
        other.says(words["error_link"])
        other.go("/records")
        other.says(words["sign_in_once"])
        other.is_quiet()


def correct(window, village, words, records):
    window.press(words["place_records"], "nav")
    window.press(records["project"], "main")
    window.type(words["search"], FOUND[words.language])
    window.press(words["find"])
    window.picture("found")
    window.press_in(window.all("tbody th a")[0])
    window.press(words["edit"], "main")
    window.type(records["title"], BETTER[words.language])
    window.picture("edit")
    window.press(words["save"])
    window.says(words["done_saved"])
    expect(window.heading(), BETTER[words.language], "the title of the record")
    expect(village.sql("urumqi", f"SELECT title_{words.language} FROM project WHERE id = 'cotton'"), BETTER[words.language], "the title")
    window.press(words["who"])
    window.until("the writer of the title stands there", lambda: any("Urumqi" in one.text for one in window.all(".writer")))
    window.press(words["history"])
    window.until("the history has two versions", lambda: len(window.all(".timeline > li")) == 2)
    window.picture("record")


def settle(window, village, words, records):
    """Settles one by one what is open; the page leads on to what is left."""
    window.press(words["place_conflicts"], "nav")
    kinds = {article.get_attribute("aria-label") for article in window.all("article.conflict")}
    expect(kinds, {words["conflict_" + kind] for kind in ("cell", "deleted-edited", "kept", "duplicate", "invalid")}, "what is open")
    window.picture("conflicts")
    filtered(window, words, "cell")
    title = [one for one in window.all("article.conflict") if OTHER_COLUMN(one, records)][0]
    expect(len(title.find_elements("css selector", ".side")), 2, "how many sides there are")
    # One title is written anew, and of two states one is taken, taken back, and taken again.
    title.find_element("css selector", "summary").click()
    field = title.find_element("css selector", "details .field input, details .field textarea")
    window.until("the field is seen", field.is_displayed)
    field.clear()
    field.send_keys(OTHER[words.language])
    window.press_in(title.find_element("css selector", "details button"))
    window.says(words["done_settled"])
    expect(village.sql("urumqi", f"SELECT title_{words.language} FROM project WHERE id = 'rail'"), OTHER[words.language], "the title")
    # The state that is not shown is taken, and taken back.
    window.press_in(window.until("the other state is there", lambda: [
        one for one in window.all("article.conflict .side") if words["is_shown"] not in one.text][0]).find_element("css selector", "button"))
    window.says(words["done_settled"])
    window.press(words["undo"], ".note")
    window.says(words.counted("undo_restored", 1))
    filtered(window, words, "cell")
    while window.all("article.conflict"):
        window.press(words["take_this"])
    for kind, act in (("deleted-edited", "keep_row"), ("kept", "keep_row")):
        filtered(window, words, kind)
        window.press(words[act])
        window.says(words["done_settled"])
    filtered(window, words, "duplicate")
    window.press(words["merge_into_first"])
    window.picture("merge")
    window.press(words["merge"])
    window.says(words["done_merged"])
    filtered(window, words, "invalid")
    window.press(words["edit"], "article.conflict")
    window.type(records["starts"], "2026-02-01")
    window.press(words["save"])
    window.go("/conflicts")
    window.says(words["conflicts_none"])
    window.picture("settled")
    expect(village.caravan("urumqi", "conflicts", "--json"), "", "what is still open")


def OTHER_COLUMN(article, records):
    return records["title"] in article.text


def filtered(window, words, kind):
    window.go("/conflicts?kind=" + kind)
    window.until("one is open", lambda: window.all("article.conflict"))


def bring(window, village, words, records):
    language = words.language
    query = f"SELECT 'hotan' AS id, '{NEW[language]}' AS name_{language}, 'CN' AS country, 'Hotan' AS city UNION ALL " \
        f"SELECT id, name_{language} || ' *', country, city FROM institution WHERE id = 'oshsu'"
    file = village.path("institutions.xlsx")
    village.caravan("urumqi", "export", "--query", query, "--format", "xlsx", "--output", file)
    window.press(words["place_import"], "nav")
    window.choose(words["table"], "institution")
    window.field(words["file"]).send_keys(file)
    window.picture("import")
    window.press(words["import_look"])
    window.says(words.counted("import_new", 1))
    window.says(NEW[language])
    window.picture("preview")
    expect(village.sql("urumqi", "SELECT count(*) FROM institution WHERE id = 'hotan'"), "0", "what a look writes")
    window.press(words["import_do"], "main")
    window.says(words.counted("import_new", 1))
    expect(village.sql("urumqi", "SELECT count(*) FROM institution WHERE id = 'hotan'"), "1", "what the import wrote")
    window.picture("imported")
    window.press(words["undo"], ".note")
    expect(village.sql("urumqi", "SELECT count(*) FROM institution WHERE id = 'hotan'"), "0", "what is left of the import")
    expect(village.sql("urumqi", "SELECT count(*) FROM institution WHERE name_en LIKE '% *'"), "0", "what is left of the import")


def invite(window, village, words):
    window.press(words["place_alliance"], "nav")
    window.press(words["invite"], "form")
    code = window.until("the invitation is there", lambda: window.all("pre.code"))[0].text
    if not code.startswith("caravan1-"):
        raise Failure(f"{code} is no invitation")
    expect(len(window.all(".picture svg")), 1, "how many codes are drawn")
    window.picture("invitation")
    # Somebody joins by it, and is a member on the next page.
    village.caravan("osh", "join", code, "--name", "Osh")
    window.go("/alliance")
    window.until("the new member is in the list", lambda: any(one.text.startswith("Osh") for one in window.all("#live-members tbody th")))


def in_sync(window, village, words):
    """The page that is open says by itself when the other one has everything."""
    window.press(words["place_overview"], "nav")
    village.meet()
    def row():
        return [one for one in window.all("#live-peers tbody tr") if "Dushanbe" in one.text][0]
    window.until("Dushanbe is in sync", lambda: words["same"] in row().text)
    window.picture("in-sync")
    expect(village.sql("dushanbe", f"SELECT title_{words.language} FROM project WHERE id = 'cotton'"), BETTER[words.language], "the title there")


def leave(window, village, words):
    window.press(words["sign_out"], "footer")
    window.expected.append("401")
    window.says(words["sign_in_once"])
    window.go("/records/project")
    window.says(words["sign_in_once"])
