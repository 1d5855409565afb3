import Foundation
import Testing

@Suite("What `schema show` writes into a file makes the same schema")
struct SchemaTextTests {
    private static let awkward = [
        "a\nb", "a\r\nb", "\t", "\u{1B}[31m", "\u{7F}\u{1}", "a\u{202E}b", "\u{85}\u{2028}", "x\"\u{301}", "\u{600}\"y",
        "--", "/*", "';--",
        "\\u{1B}", "\\n", "select", "ГОРОД", "a\u{A0}", " a ", "{}",
    ]

    private func quoted(_ name: String) -> String {
        "\"" + name.unicodeScalars.map { $0 == "\"" ? "\"\"" : String($0) }.joined() + "\""
    }

    private func literal(_ text: String) -> String {
        "'" + text.unicodeScalars.map { $0 == "'" ? "''" : String($0) }.joined() + "'"
    }

    private func schema(_ name: String) -> String {
        let (q, text) = (quoted(name), literal(name))
        return """
            CREATE TABLE \(q) (id TEXT NOT NULL PRIMARY KEY, \(q) TEXT DEFAULT \(text), n INTEGER NOT NULL DEFAULT -5, u TEXT, CONSTRAINT \(q) CHECK (\(q) <> \(text)), UNIQUE (u, n));
            CREATE INDEX \(quoted(name + "_i")) ON \(q)(\(q)) WHERE \(q) <> \(text);
            CREATE TABLE child (id TEXT NOT NULL PRIMARY KEY, p TEXT REFERENCES \(q)(id) ON DELETE CASCADE, g TEXT AS (p || \(text)));
            """
    }

    @Test(
        "Given back to `schema apply` it is that already, and to `init --schema` it founds the same", arguments: awkward
    )
    func again(name: String) throws {
        let village = try Village()
        _ = try village.found("a", others: [], schema: schema(name))
        let file = village.folder.appendingPathComponent("again.sql").path
        #expect(
            try Shell.run("sh", ["-c", "'\(Shell.command)' --home '\(village.home("a"))' schema show > '\(file)'"])
                .status == 0)
        let applied = try village.caravan("a", "schema", "apply", file)
        #expect(applied.status == 0, "\(applied.err)")
        #expect(applied.out == "the schema is that already\n")
        let founded = try village.caravan("b", "init", "--schema", file)
        #expect(founded.status == 0, "\(founded.err)")
        #expect(
            try village.caravan("a", "schema", "show", "--json").out
                == village.caravan("b", "schema", "show", "--json").out)
        let made =
            "SELECT group_concat(hex(name) || hex(sql)) FROM sqlite_master WHERE name NOT LIKE 'caravan%' AND sql NOT LIKE '%caravan_%'"
        #expect(try village.sqlite("a", made).out == village.sqlite("b", made).out)
    }

    @Test("A column that is retired, of a table with an awkward name, ends no comment")
    func retired() throws {
        let village = try Village()
        let name = "a\nb"
        _ = try village.found(
            "a", others: [], schema: "CREATE TABLE \(quoted(name)) (id TEXT NOT NULL PRIMARY KEY, v TEXT, w TEXT);")
        let file = village.folder.appendingPathComponent("less.sql").path
        try "CREATE TABLE \(quoted(name)) (id TEXT NOT NULL PRIMARY KEY, w TEXT);".write(
            toFile: file, atomically: true, encoding: .utf8)
        #expect(try village.caravan("a", "schema", "apply", file, "--retire", name + ".v").status == 0)
        let shown = try village.caravan("a", "schema", "show").out
        #expect(shown.contains("-- retired in"))
        try shown.write(toFile: file, atomically: true, encoding: .utf8)
        #expect(try village.caravan("a", "schema", "apply", file).status == 0, "\(shown)")
    }
}
