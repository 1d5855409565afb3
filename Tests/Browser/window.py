"""One window of a headless Chromium, used as a person uses it: by the words that stand on the page."""

import base64
import json
import os
import shutil
import tempfile
import time

from village import Failure

try:
    from selenium import webdriver
    from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException, WebDriverException
    from selenium.webdriver.chrome.options import Options
    from selenium.webdriver.chrome.service import Service
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys
    from selenium.webdriver.support.select import Select
except ImportError:
    webdriver = Keys = None

CHROMIUM, DRIVER = "/usr/bin/chromium", "/usr/bin/chromedriver"
# A busy machine is waited for; nothing is measured by it.
PATIENCE = 120

FIND_BY_WORDS = """
const [scope, kinds, words] = arguments;
const plain = (text) => text.replace(/\\s+/g, ' ').trim();
return [...document.querySelectorAll(scope)].flatMap((place) => [...place.querySelectorAll(kinds)])
  .find((one) => plain(one.textContent) === plain(words) && one.getClientRects().length > 0) || null;
"""
LABELLED = """
const plain = (text) => text.replace(/\\s+/g, ' ').trim();
const seen = [...document.querySelectorAll('main input, main select, main textarea')].filter((one) => one.type !== 'hidden');
return seen.find((one) => [...(one.labels || [])].some((label) => {
  const copy = label.cloneNode(true);
  copy.querySelectorAll('.needed, select, input, textarea').forEach((part) => part.remove());
  return plain(copy.textContent) === plain(arguments[0]);
})) || null;
"""


def needs():
    """Says what is missing of all that a browser needs here; nothing where all is there."""
    if webdriver is None or not os.path.exists(CHROMIUM) or not os.path.exists(DRIVER):
        raise Failure(
            "the console's tests need Debian's chromium, chromium-driver and python3-selenium: run Scripts/setup, which installs them")


class Window:
    def __init__(self, console, language, dark=False):
        needs()
        self.console = console
        self.profile = tempfile.mkdtemp(prefix="caravan-chromium-")
        options = Options()
        options.binary_location = CHROMIUM
        for word in (
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-extensions", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--no-proxy-server", "--force-color-profile=srgb",
            "--user-data-dir=" + self.profile,
        ):
            options.add_argument(word)
        options.add_experimental_option("prefs", {"intl.accept_languages": language, "translate.enabled": False})
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        try:
            self.driver = webdriver.Chrome(service=Service(DRIVER), options=options)
        except WebDriverException as error:
            shutil.rmtree(self.profile, ignore_errors=True)
            raise Failure(f"Chromium does not start: {error.msg}") from error
        self.driver.set_page_load_timeout(PATIENCE)
        self.driver.set_script_timeout(PATIENCE)
        self.pictures = 0
        self.asked = []
        # Answers that a journey provokes, such as that a page is not there any more.
        self.expected = []
        self.wide(1280)
        if dark:
            self.driver.execute_cdp_cmd(
                "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": "dark"}]})

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        if kind is not None:
            self.picture("failed")
        self.driver.quit()
        shutil.rmtree(self.profile, ignore_errors=True)

    def wide(self, width):
        self.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False})

    # Waiting

    def until(self, what, condition):
        """Waits until the condition gives something that is true, and gives that."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                found = condition()
                if found:
                    return found
            except (StaleElementReferenceException, NoSuchElementException):
                # The page has just put something else there.
                pass
            if time.monotonic() > end:
                raise Failure(f"{what}: not so on {self.driver.current_url}, which says: {self.text()[:1500]}")
            time.sleep(0.05)

    def leaving(self, act):
        """Does something that leads to another page, and waits until that is there."""
        self.driver.execute_script("document.documentElement.dataset.left = '1'")
        act()
        self.until(
            "another page comes",
            lambda: self.driver.execute_script(
                "return document.readyState === 'complete' && !document.documentElement.dataset.left"))

    def go(self, path):
        self.driver.get(path if path.startswith("http") else self.console + path)

    # What stands on the page

    def script(self, text, *arguments):
        return self.driver.execute_script(text, *arguments)

    def text(self):
        return self.script("return document.body ? document.body.innerText : ''")

    def heading(self):
        return self.script("const found = document.querySelector('h1'); return found ? found.innerText : ''")

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def says(self, words):
        self.until(f"“{words}” stands there", lambda: words in self.text())

    def find(self, words, scope="body", kinds="a, button, summary"):
        return self.until(f"“{words}” can be pressed", lambda: self.script(FIND_BY_WORDS, scope, kinds, words))

    def field(self, label):
        return self.until(f"the field “{label}” is there", lambda: self.script(LABELLED, label))

    # What a person does

    def press(self, words, scope="body"):
        """Presses a link or a button that leads to another page."""
        def press():
            self.until(f"“{words}” is pressed", lambda: self.find(words, scope).click() or True)
        self.leaving(press)

    def open(self, words, scope="body"):
        """Opens what is folded up behind these words."""
        self.until(f"“{words}” opens", lambda: self.find(words, scope, "summary").click() or True)

    def press_in(self, element):
        self.leaving(element.click)

    def type(self, label, text):
        field = self.field(label)
        field.clear()
        field.send_keys(text)

    def choose(self, label, value):
        Select(self.field(label)).select_by_value(value)

    def picture(self, name):
        """Keeps what is seen, where CARAVAN_SCREENSHOTS names a folder."""
        folder = os.environ.get("CARAVAN_SCREENSHOTS")
        if not folder:
            return
        os.makedirs(folder, exist_ok=True)
        self.pictures += 1
        height = self.script("return Math.min(6000, document.documentElement.scrollHeight)")
        width = self.script("return window.innerWidth")
        shown = self.driver.execute_cdp_cmd(
            "Page.captureScreenshot",
            {"format": "png", "captureBeyondViewport": True,
             "clip": {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}})
        with open(os.path.join(folder, f"{self.prefix}-{self.pictures:02}-{name}.png"), "wb") as file:
            file.write(base64.b64decode(shown["data"]))

    prefix = "window"

    # Keys alone

    def key(self, *keys):
        ActionChains(self.driver).send_keys(*keys).perform()

    def tab_to(self, words):
        """Presses Tab until what has the focus says these words, and checks that one sees where the focus is."""
        for _ in range(300):
            self.key(Keys.TAB)
            said = self.script("""
                const one = document.activeElement;
                const label = one.labels && one.labels.length ? one.labels[0] : one;
                const copy = label.cloneNode(true);
                copy.querySelectorAll('.needed, select, input, textarea').forEach((part) => part.remove());
                const style = getComputedStyle(one);
                return [copy.textContent.replace(/\\s+/g, ' ').trim(), style.outlineStyle !== 'none' && style.outlineWidth !== '0px'];
                """)
            if said[0] == words:
                if not said[1]:
                    raise Failure(f"one does not see that “{words}” has the focus")
                return self.driver.switch_to.active_element
        raise Failure(f"Tab does not come to “{words}” on {self.driver.current_url}")

    def enter(self):
        self.leaving(lambda: self.key(Keys.ENTER))

    # What the browser noticed

    def is_quiet(self):
        """Refuses what the browser complained of, and every request to anywhere but the console."""
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                self.asked.append(message["params"]["request"]["url"])
        for address in self.asked:
            if not address.startswith((self.console + "/", "data:", "chrome:", "about:")):
                raise Failure(f"the page asked for {address}")
        for entry in self.driver.get_log("browser"):
            if not any(words in entry["message"] for words in self.expected):
                raise Failure(f"the browser says: {entry['message']}")
