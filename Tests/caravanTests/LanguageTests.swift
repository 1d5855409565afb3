import Foundation
import Testing

@Suite("The language of messages")
struct LanguageTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    @Test("Every message of the product has its phrase in Russian and Chinese, and every phrase its message")
    func complete() throws {
        let script = Self.root.appendingPathComponent("Scripts/messages").path
        let checked = try Shell.run("python3", [script])
        #expect(checked.out == "")
        #expect(checked.status == 0, "\(checked.err)")
        let listed = try Shell.run("python3", [script, "--list"]).lines
        #expect(listed.count > 900)
        for room in ["caravan", "SyncNode", "SyncEngine", "SyncWire", "SyncTransport", "ReplicaStore", "Tabular"] {
            #expect(listed.contains { $0.hasPrefix("Sources/\(room)/") }, "\(room)")
        }
    }

    @Test(
        "What is wrong in config.yaml is told in the language",
        arguments: [
            "name: [x", "name: \"x", "a: b\n---\nc: d", "%YAML 1.2\nname: x", "name: x\n\tinterval: 5", "name: \"\\q\"",
            "name: !a!b x", "name: %", "name: \u{1}", "name: x\n- a", "name: {a: b", "- - [}", "name: \"\\uD800\"",
        ])
    func yaml(_ text: String) throws {
        let village = try Village()
        try FileManager.default.createDirectory(atPath: village.home("a"), withIntermediateDirectories: true)
        try text.write(toFile: village.home("a") + "/config.yaml", atomically: true, encoding: .utf8)
        for language in ["ru", "zh"] {
            let refused = try village.caravan("a", "--language", language, "init")
            #expect(refused.status == 2, "\(refused)")
            #expect(refused.err.firstMatch(of: /did not|found|not allowed|expected|context|incompl|invalid/) == nil)
        }
    }

    @Test("One thing is not said as several are, in English either")
    func one() throws {
        let village = try Village()
        _ = try village.found("a", others: [], schema: Self.schema)
        try village.sqlite("a", "INSERT INTO t VALUES ('1', 'x')")
        let file = village.home("a") + "/t.csv"
        let written = try village.caravan("a", "export", "--table", "t", "--output", file)
        #expect(written.err == "caravan: 1 row is in \(file)\n")
        let told = try village.caravan("a", "import", file, "--table", "t").out
        #expect(told.contains(": 1 row; 0 new, 0 changed, 1 as they are here, 0 refused"))
        let undone = try village.caravan("a", "undo", "a:1", "--dry-run").out
        #expect(undone.hasPrefix("1 row taken back\n"))
        #expect(try village.caravan("a").out.contains("1 row in 1 table; "))
    }

    @Test(
        "A refusal of a file that was carried, a line of a file and a setting are told in the language",
        arguments: ["ru", "zh"])
    func refusals(_ language: String) throws {
        let village = try Village()
        _ = try village.found("a", others: [], schema: Self.schema)
        let folder = village.home("a")
        try Data("no bundle".utf8).write(to: URL(fileURLWithPath: folder + "/x.bundle"))
        let bundle = try village.caravan("a", "--language", language, "bundle", "import", folder + "/x.bundle")
        #expect(bundle.status == 3)
        #expect(bundle.err.contains(language == "ru" ? "файл не от caravan" : "不是 caravan 写出的文件"))
        try Data("id,v\n1,x\n2\n".utf8).write(to: URL(fileURLWithPath: folder + "/t.csv"))
        let told = try village.caravan(
            "a", "--language", language, "import", folder + "/t.csv", "--table", "t", "--dry-run"
        ).out
        #expect(told.contains(language == "ru" ? "строка 2: новая 1" : "第 2 行：新增 1"))
        let short = language == "ru" ? "строка 3: отклонено: в строке 1 ячейка" : "第 3 行：拒绝：该行有 1 个单元格"
        #expect(told.contains(short))
        try Data("listen: x\n".utf8).write(to: URL(fileURLWithPath: folder + "/config.yaml"))
        let setting = try village.caravan("a", "--language", language, "status").err
        let place = language == "ru" ? "config.yaml, строка 1: listen: «x»" : "config.yaml 第 1 行：listen：“x”"
        #expect(setting.contains(place))
        let flag = try village.caravan("a", "--language", language, "log", "--json=5").err
        #expect(flag.contains(language == "ru" ? "у параметра «--json» нет значения" : "选项“--json”不带值"))
    }

    private static let schema = "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, v TEXT)"

    @Test(
        "It is that of --language, wherever that stands, else that of the environment",
        arguments: [
            (["status", "--language", "ru"], [:], "не открывается"), (["--language=zh", "status"], [:], "无法打开"),
            (["status"], ["LC_ALL": "zh_CN.UTF-8"], "无法打开"),
            (["--language", "en", "status"], ["LC_ALL": "ru"], "cannot"),
        ])
    func chosen(_ words: [String], _ environment: [String: String], _ said: String) throws {
        let outcome = try Shell.run(
            Shell.command, words + ["--home", "/nonexistent/node"], environment: environment)
        #expect(outcome.status == 4)
        #expect(outcome.err.contains(said))
    }

    @Test(
        "One that nobody speaks here is refused with those that there are",
        arguments: [["--language", "fr"], ["--language"]])
    func unknown(_ words: [String]) throws {
        let outcome = try Shell.run(Shell.command, ["status"] + words)
        #expect(outcome.status == 2)
        #expect(outcome.err.contains("en, ru or zh"))
    }

    @Test(
        "A word of a fixed list that is none of it is told with the list, and nothing of that stays English",
        arguments: ["ru", "zh"],
        [
            ["invite", "make", "--role", "x"], ["serve", "--log-format", "x"], ["serve", "--log-level", "x"],
            ["conflicts", "--kind", "x"], ["export", "--table", "t", "--format", "x"],
        ])
    func lists(_ language: String, _ words: [String]) throws {
        let outcome = try Shell.run(Shell.command, words + ["--language", language])
        #expect(outcome.status == 2)
        for word in ["Please", " or ", " and ", "following"] { #expect(!outcome.err.contains(word), "\(outcome.err)") }
    }

    @Test("Programs are spoken to in English, and the exit status is the same in every language")
    func programs() throws {
        let village = try Village()
        _ = try village.found("a", others: [], schema: Self.schema)
        for language in ["en", "ru", "zh"] {
            let refused = try village.caravan("a", "--language", language, "show", "u", "1", "--json")
            #expect(refused.status == 2)
            #expect(refused.err.contains("there is no table u"))
            let told = try village.caravan("a", "--language", language, "show", "u", "1")
            #expect(told.status == 2)
            #expect(told.err.contains("there is no table u") == (language == "en"))
            #expect(
                try village.caravan("a", "--language", language, "verify", "--json").out.hasPrefix("{\"changesets\":"))
        }
    }

    @Test("Numbers have their words in the form that stands with them, and what people entered is left as it is")
    func plurals() throws {
        let village = try Village()
        let address = try village.found("a", others: ["b"], schema: Self.schema)
        try village.sqlite("a", "INSERT INTO t VALUES ('row', 'kept')")
        #expect(
            try village.caravan("b", "--language", "ru", "sync", address).out.contains("получено 1 набор изменений"))
        #expect(try village.caravan("b", "--language", "ru").out.contains("1 строка в 1 таблице; "))
        try village.sqlite("b", "INSERT INTO t VALUES ('2', 'x'), ('3', 'y')")
        #expect(try village.caravan("b", "--language", "ru").out.contains("3 строки в 1 таблице; "))
        #expect(try village.caravan("b", "--language", "zh").out.contains("1 个表共 3 行；"))
        let shown = try village.caravan("b", "--language", "ru", "show", "t", "row").out
        #expect(shown.contains("kept"))
    }

    @Test("A conflict is found, settled and taken back in Russian and Chinese", arguments: ["ru", "zh"])
    func conflict(_ language: String) throws {
        let village = try Village()
        let address = try village.found("a", others: ["b"], schema: Self.schema)
        try village.sqlite("a", "INSERT INTO t VALUES ('1', 'x')")
        #expect(try village.caravan("b", "sync", address).status == 0)
        for node in ["a", "b"] { try village.sqlite(node, "UPDATE t SET v = '\(node)'") }
        #expect(try village.caravan("b", "sync", address).status == 0)
        let listed = try village.caravan("b", "--language", language, "conflicts").out
        #expect(listed.contains(language == "ru" ? "видно" : "显示"))
        #expect(listed.contains(language == "ru" ? "разрешить: caravan --home" : "解决：caravan --home"))
        let healthy = try village.caravan("b", "--language", language, "doctor")
        #expect(healthy.status == 1)
        #expect(healthy.out.contains(language == "ru" ? "1 конфликт ждёт решения" : "有 1 项等人处理"))
        #expect(try village.caravan("b", "resolve", "t", "1", "v", "--take", "shown").status == 0)
        #expect(try village.caravan("b", "sql", "UPDATE t SET v = 'z'").status == 0)
        let undone = try village.caravan("b", "--language", language, "undo", "b:3").out
        #expect(undone.contains(language == "ru" ? "отменено строк: 1" : "已撤销 1 行"))
    }

    @Test("What a server says first is for programs, and in no language")
    func server() throws {
        let village = try Village()
        _ = try village.found("a", others: [], schema: Self.schema)
        let (process, out, _) = try Shell.start(
            Shell.command, ["--home", village.home("a"), "serve", "--listen", "127.0.0.1:0"],
            environment: ["LC_ALL": "ru_RU.UTF-8"])
        #expect(Shell.firstLine(of: out)?.hasPrefix("listening on 127.0.0.1:") == true)
        process.terminate()
        process.waitUntilExit()
    }
}
