import ReplicaModel
import Testing

@testable import caravan

@Suite("The width of text on a terminal")
struct WidthTests {
    @Test(
        "Wide characters take two cells, marks over others none",
        arguments: [
            ("abc", 3), ("中文", 4), ("Ｗｉｄｅ", 8), ("ｶﾅ", 2), ("한국", 4), ("e\u{301}", 1), ("й", 1), ("и\u{306}", 1),
            ("\u{301}", 0), ("😀", 2), ("👨\u{200D}👩\u{200D}👧", 2), ("🇰🇿", 2), ("❤\u{FE0F}", 2), ("❤", 1), ("…", 1),
            ("“”", 2),
            ("ئۇيغۇر", 6), ("", 0), ("𠮷", 2), ("✅", 2), ("\u{3000}", 2), ("©", 1),
        ])
    func cells(_ text: String, _ count: Int) { #expect(text.cellCount == count) }

    @Test("Columns of a table begin where those above them do, whatever stands in them")
    func table() {
        var table = TextTable(["name", "n"])
        table.add(["北京大学", "1"])
        table.add(["Universite\u{301}", "2"])
        table.add([Line("МГУ").styled(33), "3"])
        #expect(
            table.lines.map(\.text) == [
                "name        n", "北京大学    1", "Universite\u{301}  2", "\u{1B}[33mМГУ\u{1B}[0m         3",
            ])
    }

    @Test("Words stand side by side as many as fit")
    func columns() {
        #expect(LineEditor.columns(["a", "bb", "中文"], width: 12) == "a     bb    \n中文  ")
        #expect(LineEditor.columns([], width: 12) == "")
    }
}

@Suite("The words that may stand at a place of SQL")
struct SQLWordsTests {
    private let words = SQLWords(columns: [
        ("course", ["id", "name_zh", "hours"]), ("country", ["code", "имя", "odd name"]),
    ])

    private func completed(_ line: String, in statement: String = "") -> [String] {
        words.completion(of: line, in: statement).words
    }

    @Test("Behind FROM and its like stand tables")
    func tables() {
        #expect(completed("SELECT * FROM ") == ["country", "course"])
        #expect(completed("select * from COUR") == ["course"])
        #expect(completed("co", in: "INSERT INTO\n").contains("course"))
        #expect(completed(".schema cour") == ["course"])
    }

    @Test("Columns are those of the tables that the statement names, on whatever line; else those of all")
    func columns() {
        #expect(completed("n", in: "SELECT 1 FROM course WHERE\n") == ["name_zh", "not", "null"])
        #expect(
            completed("UPDATE country SET c") == ["code", "country", "course", "case", "commit", "count(*)", "create"])
        #expect(completed("SELECT h").contains("hours"))
        #expect(completed("SELECT course.") == ["hours", "id", "name_zh"])
        #expect(completed("SELECT country.и") == ["имя"])
    }

    @Test("A name that is no plain word is written in quotes, and a keyword as what was typed of it")
    func written() {
        #expect(completed("SELECT country.o") == ["\"odd name\""])
        #expect(completed("SEL") == ["SELECT"])
        #expect(completed("sel") == ["select"])
    }

    @Test("A dot at the beginning begins a command, and nothing else does")
    func commands() {
        #expect(completed(".s") == [".schema"])
        #expect(completed("").count == 5)
        #expect(completed("", in: "SELECT\n").isEmpty)
        #expect(completed("'中文") == [])
    }
}
