import Foundation
import ReplicaModel
import Testing

@testable import caravan

@Suite("Text from elsewhere acts on no terminal")
struct EscapeTests {
    @Test(
        "What can be seen stays; what acts on a terminal, ends a line or turns it is escaped",
        arguments: [
            ("plain ы 新 \\ {}", "plain ы 新 \\ {}"), ("a\nb\tc\r", "a\\nb\\tc\\r"), ("\u{1B}[31m", "\\u{1B}[31m"),
            ("\u{9B}2J", "\\u{9B}2J"), ("\u{7F}\u{0}", "\\u{7F}\\u{0}"),
            ("a\u{202E}b\u{2066}\u{200F}", "a\\u{202E}b\\u{2066}\\u{200F}"),
            ("\u{2028}\u{2029}\u{85}", "\\u{2028}\\u{2029}\\u{85}"), ("\u{FEFF}\u{E0041}", "\\u{FEFF}\\u{E0041}"),
            ("می\u{200C}خواهم 👩\u{200D}🌾", "می\u{200C}خواهم 👩\u{200D}🌾"), ("e\u{301}", "e\u{301}"),
        ])
    func escaping(text: String, shown: String) {
        #expect(text.escaped().unicodeScalars.elementsEqual(shown.unicodeScalars))
        #expect(Line(text).text.unicodeScalars.elementsEqual(shown.unicodeScalars))
        #expect("\(text)" as Line == Line(text))
        #expect(text.escaped().escaped() == text.escaped())
    }

    @Test("A text costs by its length, however many of its characters are escaped")
    func long() {
        for (scalar, shown) in [("\u{202E}", "\\u{202E}"), ("\0", "\\u{0}"), ("\n", "\\n")] {
            let count = 400_000
            let text = String(repeating: scalar, count: count).escaped()
            #expect(text.utf8.count == shown.utf8.count * count)
            #expect(text.hasPrefix("\(shown)\(shown)"))
        }
    }

    @Test("Texts of several lines keep their lines and nothing else")
    func lines() {
        #expect(Line(lines: "a\n\tb\u{1B}\r").text == "a\n\tb\\u{1B}\\r")
    }

    @Test("JSON is exact, on one line, and has nothing that acts on a terminal")
    func json() throws {
        let text = "\u{1B}[31m\u{9B}\u{202E}\u{2028}\u{E0041}\n\"\\ы"
        let written = JSON.string(text).text
        #expect(!written.unicodeScalars.contains { $0.isUnseen })
        let read = try JSONDecoder().decode([String].self, from: Data("[\(written)]".utf8))
        #expect(read[0].unicodeScalars.elementsEqual(text.unicodeScalars))
    }

    @Test("Of a text that is no UTF-8 each byte that is none is shown")
    func bytes() {
        #expect(Value.text([0x78, 0xFF, 0xD0, 0xB9, 0xD0]).shown == "x\\xFFй\\xD0")
        #expect(Value.text([0xE4, 0xB8, 0x41]).shown == "\\xE4\\xB8A")
    }

    /// Looks at all that a person is shown, of names and values that a terminal would obey.
    @Test("No command, and not the log of serve, lets through what came from a peer")
    func commands() throws {
        let village = try Village()
        let (red, turned) = ("\u{1B}[31m", "\u{202E}")
        let schema =
            "CREATE TABLE \"t\(red)\" (id TEXT NOT NULL PRIMARY KEY, \"v\(red)\" TEXT, u TEXT UNIQUE, CHECK (u <> '\(red)'));"
        let address = try village.found("a", others: [], schema: schema)
        let code = try village.caravan("a", "invite").out.trimmingCharacters(in: .whitespacesAndNewlines)
        #expect(try village.caravan("b", "join", code, "--name", "b\(red)\(turned)").status == 2)
        #expect(try village.caravan("b", "join", code, "--name", "b").status == 0)
        let key = "k\(red)\u{9B}\n\(turned)"
        #expect(try village.sqlite("b", "INSERT INTO \"t\(red)\" VALUES ('\(key)', 'v\(red)', NULL)").status == 0)
        #expect(try village.caravan("b", "sync", address).status == 0)
        // A peer of another make has whatever name it likes.
        let other = try Stranger(village, named: "m\(red)\(turned)", at: address)
        try other.write("t\(red)", key: key, column: "v\(red)", others: ["u"], value: "m\(red)")
        for node in ["a", "b"] {
            #expect(try village.sqlite(node, "UPDATE \"t\(red)\" SET \"v\(red)\" = '\(node)\(red)'").status == 0)
        }
        let dry = try village.caravan("b", "sync", "--dry-run", address)
        #expect(dry.status == 0)
        try other.sync()
        let difference = try village.caravan("b", "diff", address)
        #expect(try village.caravan("b", "sync", address).status == 0)
        #expect(try village.caravan("a", "peer", "add", "p\(red)", "127.0.0.1:1").status == 0)
        var shown = [dry, difference]
        for words in [
            ["status"], ["log"], ["log", "--scope", "control"], ["conflicts"], ["show", "t\(red)", key],
            ["history", "t\(red)", key], ["member", "list"], ["peer", "list"],
            ["sql", "SELECT * FROM \"t\(red)\""], ["at", "2099-01-01", "--", "SELECT 1"], ["doctor"],
            ["verify", "--deep"], ["sync"], ["diff", "p\(red)"],
            ["show", "nope\(red)", "x"], ["show", "t\(red)", "nope\(red)"], ["log", "--table", red],
            ["sql", "SELECT \"\(red)\""], ["nope\(red)"], ["--nope\(red)"],
            ["resolve", "t\(red)", key, "v\(red)", "--take", red], ["invite", "--address", red],
            ["init", "--schema", red], ["backup", "/no\(red)"], ["log", "--since", red],
        ] { shown.append(try Shell.run(Shell.command, ["--home", village.home("a")] + words)) }
        // Into a pipe this one writes a script, with every sign as it is; what a terminal is shown is another matter.
        let script = try Shell.run(
            "script", ["-qec", "'\(Shell.command)' --home '\(village.home("a"))' schema show", "/dev/null"])
        shown.append(Shell.Outcome(status: script.status, out: script.out.replacing("\r\n", with: "\n"), err: ""))
        #expect(script.out.contains("t\\u{1B}[31m"))
        let members = try village.caravan("a", "member", "list").out + village.caravan("a", "conflicts").out
        #expect(members.components(separatedBy: "m\\u{1B}[31m\\u{202E}").count > 2, "\(members)")
        for outcome in shown {
            #expect(!(outcome.out + outcome.err).isEmpty)
            #expect(
                !(outcome.out + outcome.err).unicodeScalars.contains { $0.isUnseen && $0 != "\n" && $0 != "\t" },
                "\(outcome.out.escaped()) \(outcome.err.escaped())")
        }
        _ = village.stop("a")
        _ = try village.serve("a", interval: 1)
        #expect(village.waits(for: "Connection refused", in: "a"))
        #expect(village.stop("a") == 0)
        #expect(village.said("a").contains("p\\u{1B}[31m: "))
        #expect(!village.said("a").unicodeScalars.contains { $0.isUnseen && $0 != "\n" })
    }
}

/// A member that runs the peer of Tests/Peer.
private struct Stranger {
    let village: Village
    let address: String

    init(_ village: Village, named name: String, at address: String) throws {
        (self.village, self.address) = (village, address)
        let code = try village.caravan("a", "invite").out.trimmingCharacters(in: .whitespacesAndNewlines)
        try run("join", code, name)
        try sync()
    }

    func sync() throws {
        let site = try village.json(village.caravan("a", "status", "--json")).first?["site"] as? String
        try run("sync", address, site ?? "")
    }

    /// Changes one column of a row.
    func write(_ table: String, key: String, column: String, others: [String], value: String) throws {
        let operations: [Any] = [[table, ["id"], [column] + others, [["update", [key], [column: value]]]]]
        try run("write", String(decoding: JSONSerialization.data(withJSONObject: operations), as: UTF8.self))
    }

    private func run(_ act: String, _ more: String...) throws {
        let program = PeerTests.root.appendingPathComponent("Tests/Peer/peer.py").path
        let state = village.folder.appendingPathComponent("stranger.json").path
        let outcome = try Shell.run(
            "python3", [program, act, state] + more, environment: ["PYTHONDONTWRITEBYTECODE": "1"])
        #expect(outcome.status == 0, "\(outcome.err)")
    }
}

extension Line: Equatable {
    public static func == (left: Line, right: Line) -> Bool { left.text == right.text }
}
