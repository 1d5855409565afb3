"""Every page, held against the rules for all pages."""

import rules
from window import Window

PATHS = [
    "/", "/?check=1", "/records", "/records/institution", "/records/project?q=zzz", "/records/project/soil?who=1&history=1", "/records/contact/li",
    "/new/project", "/edit/project/soil", "/delete/institution/xjau", "/conflicts", "/conflicts?kind=duplicate", "/changes", "/alliance", "/import",
    "/help", "/sessions", "/records/project/none", "/nothing",
]


def journey(village, language):
    village.write_apart()
    with Window(village.console, language, dark=language == "zh") as window:
        window.prefix = "pages-" + language
        window.expected = ["404", "422"]
        window.go("/")
        window.expected.append("401")
        rules.check(window, language)
        window.go(village.link())
        for path in PATHS:
            window.go(path)
            rules.check(window, language)
        # What is met on the way: one changeset with what undoing it would do, two rows side by side, and a form that is refused.
        for path, selector in (("/changes", "ul.log a"), (None, "p.acts a.button"), ("/conflicts?kind=duplicate", "article a.button")):
            if path:
                window.go(path)
            window.press_in(window.all(selector)[0])
            rules.check(window, language)
        window.go("/new/institution")
        window.script("document.querySelector('[name=\"v.founded\"]').value = 'x'")
        window.press_in(window.all("form.record button")[-1])
        rules.check(window, language)
        window.is_quiet()
