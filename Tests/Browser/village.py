"""Nodes in a folder of their own, made and moved by the built command alone; servers end with the village."""

import os
import shutil
import subprocess
import tempfile
import threading


class Failure(Exception):
    """What went wrong, as one sentence."""


class Village:
    """Some nodes of one alliance. `urumqi` founds it and has the console; `dushanbe` joins, and writes apart."""

    def __init__(self):
        self.command = os.environ.get("CARAVAN_BIN")
        if not self.command:
            raise Failure("CARAVAN_BIN names the built command, and is not set")
        self.folder = tempfile.mkdtemp(prefix="caravan-browser-")
        self.servers = []
        self.console = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for server in self.servers:
            server.terminate()
        for server in self.servers:
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def path(self, name):
        return os.path.join(self.folder, name)

    def caravan(self, node, *words, permitted=(0,)):
        """Runs the command at a node, and gives what it printed without its end of line."""
        surroundings = {**os.environ, "LC_ALL": "C.UTF-8"}
        done = subprocess.run(
            [self.command, "--home", self.path(node), *words], env=surroundings, stdin=subprocess.DEVNULL, capture_output=True,
            text=True, timeout=300)
        if done.returncode not in permitted:
            raise Failure(f"caravan {' '.join(words)} at {node} ended with {done.returncode}: {done.stderr.strip() or done.stdout.strip()}")
        return done.stdout.strip()

    def sql(self, node, text):
        return self.caravan(node, "sql", text)

    def serve(self, node, console=True):
        """Starts a server, which dials nobody by itself, and gives its address; where its console is, is kept."""
        with open(self.path(node) + "/config.yaml", "w") as settings:
            settings.write("interval: 86400\n")
        words = [self.command, "--home", self.path(node), "serve", "--listen", "127.0.0.1:0"]
        with open(self.path(node + ".log"), "w") as log:
            server = subprocess.Popen(
                words + (["--console", "127.0.0.1:0"] if console else []), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log,
                text=True)
        self.servers.append(server)
        address = self.place(server, node, "listening on ")
        if console:
            self.console = self.place(server, node, "console on ")
        # What it says later is read, so that it never waits for a reader.
        threading.Thread(target=server.stdout.read, daemon=True).start()
        return address

    def place(self, server, node, words):
        line = server.stdout.readline().strip()
        if not line.startswith(words):
            raise Failure(f"serve at {node} said “{line}”: {open(self.path(node + '.log')).read()}")
        return line[len(words):]

    def found(self):
        """Founds the alliance at `urumqi`, which serves, with records; `dushanbe` joins and has them too."""
        self.caravan("urumqi", "init", "--name", "Urumqi")
        self.sql("urumqi", RECORDS)
        self.serve("urumqi")
        self.caravan("dushanbe", "join", self.caravan("urumqi", "invite"), "--name", "Dushanbe")

    def meet(self):
        """Has both exchange until either knows that the other has everything."""
        self.caravan("dushanbe", "sync")
        self.caravan("dushanbe", "sync")

    def link(self):
        return self.caravan("urumqi", "console")

    def write_apart(self):
        """Has both write without having seen each other, so that conflicts of all five kinds come of it; then they meet."""
        self.sql("urumqi", APART_HERE)
        self.sql("dushanbe", APART_THERE)
        self.meet()


RECORDS = """
INSERT INTO institution(id, country, city, kind, name_zh, name_ru, name_en, website) VALUES
 ('xjau', 'CN', 'Urumqi', 'university', '新疆农业大学', 'Синьцзянский аграрный университет', 'Xinjiang Agricultural University', 'https://xjau.edu.cn'),
 ('tau', 'TJ', 'Dushanbe', 'university', '塔吉克农业大学', 'Таджикский аграрный университет', 'Tajik Agrarian University', NULL),
 ('oshsu', 'KG', 'Osh', 'university', '奥什国立大学', 'Ошский государственный университет', 'Osh State University', 'https://oshsu.kg'),
 ('mill', 'TJ', 'Bokhtar', 'enterprise', '波赫塔尔棉纺厂', 'Хлопковый завод Бохтар', 'Cotton mill of Bokhtar', NULL);
INSERT INTO project(id, lead, programme, title_zh, title_ru, title_en, status, starts, ends, note) VALUES
 ('cotton', 'xjau', 'workforce', '棉花滴灌培训', 'Капельное орошение хлопчатника', 'Drip irrigation of coton', 'planned', '2026-03-01', '2026-12-20',
  'Training of trainers with the Tajik Agrarian University, in three groups of 24.'),
 ('rail', 'tau', 'industry', '电力机车维修', 'Ремонт электровозов', 'Maintenance of electric locomotives', 'planned', '2026-05-01', '2026-09-01', NULL),
 ('soil', 'oshsu', 'workforce', '盐碱土改良', 'Мелиорация засолённых почв', 'Reclaiming saline soils', 'running', '2026-02-01', '2026-11-30', NULL),
 ('bees', 'tau', 'workforce', '养蜂', 'Пчеловодство', 'Bee keeping', 'running', NULL, NULL, NULL);
INSERT INTO event(id, kind, title_zh, title_ru, title_en, project, starts) VALUES
 ('opening', 'seminar', '开班式', 'Открытие', 'Opening', 'cotton', '2026-03-02');
INSERT INTO contact(id, institution, name_zh, name_ru, name_en) VALUES ('li', 'xjau', '李', 'Ли', 'Li');
"""

# Two values of one cell, twice; a record that one deletes and the other edits; one that goes while the other refers to
# it; a rule over two columns that either side keeps; and two rows that are one.
APART_HERE = """
UPDATE project SET title_zh = '电力机车检修', title_ru = 'Ремонт и осмотр электровозов', title_en = 'Maintenance of electric engines' WHERE id = 'rail';
UPDATE project SET status = 'paused' WHERE id = 'soil';
DELETE FROM project WHERE id = 'bees';
DELETE FROM institution WHERE id = 'mill';
UPDATE project SET starts = '2026-08-15' WHERE id = 'soil';
INSERT INTO event_participant(id, event, contact, role, note) VALUES ('p1', 'opening', 'li', 'speaker', NULL);
"""
APART_THERE = """
UPDATE project SET title_zh = '电力机车保养', title_ru = 'Ремонт и уход за электровозами', title_en = 'Maintenance of electric trains' WHERE id = 'rail';
UPDATE project SET status = 'completed' WHERE id = 'soil';
UPDATE project SET note = 'The first hives have come.' WHERE id = 'bees';
INSERT INTO contact(id, institution, name_zh, name_ru, name_en) VALUES ('rahimov', 'mill', '拉希莫夫', 'Рахимов', 'Rahimov');
UPDATE project SET ends = '2026-07-01' WHERE id = 'soil';
INSERT INTO event_participant(id, event, contact, role, note) VALUES ('p2', 'opening', 'li', 'speaker', 'Comes a day before.');
"""
