"""The console's words in one language, read from its own files of messages."""

import os
import re

from village import Failure

FILES = {"zh": "ChineseMessages", "ru": "RussianMessages", "en": "EnglishMessages"}
ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "Sources")


class Words:
    """Messages by key. Of what differs with a number, the forms."""

    def __init__(self, language):
        self.language = language
        text = open(os.path.join(ROOT, "NodeConsole", "Language", FILES[language] + ".swift"), encoding="utf-8").read()
        text = re.sub(r"\\\n\s*", "", text)
        self.messages = dict(line.strip().split(" | ", 1) for line in text.split("\n") if " | " in line)

    def __getitem__(self, key):
        if key not in self.messages:
            raise Failure(f"there is no message {key} in {self.language}")
        return self.messages[key]

    def filled(self, key, *values):
        text = self[key]
        for place, value in enumerate(values):
            text = text.replace("{%d}" % place, str(value))
        return text

    def counted(self, key, number):
        forms = self[key].split(" ¦ ")
        if self.language == "ru":
            ten, hundred = number % 10, number % 100
            at = 0 if ten == 1 and hundred != 11 else 1 if ten in (2, 3, 4) and hundred not in (12, 13, 14) else 2
        else:
            at = 0 if number == 1 else 1
        return forms[min(at, len(forms) - 1)].replace("{n}", str(number))


# What tables and columns are called in the console, as the alliance's schema has it.
RECORDS = {
    "zh": {"project": "项目", "institution": "机构", "title": "中文标题", "name": "新疆农业大学", "starts": "开始日期", "city": "城市"},
    "ru": {"project": "Проект", "institution": "Организация", "title": "Наименование на русском", "name": "Синьцзянский аграрный университет",
           "starts": "Дата начала", "city": "Город"},
    "en": {"project": "Project", "institution": "Institution", "title": "Title in English", "name": "Xinjiang Agricultural University",
           "starts": "First day", "city": "City"},
}
