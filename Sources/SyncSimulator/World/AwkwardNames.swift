import ReplicaModel

/// Names that a person may give to what SQL has names for, and that a program gets wrong which takes them for ASCII
/// words.
enum AwkwardNames {
    /// All the names, in normal form C and without NUL: what a definition may have.
    static let all: Set<Identifier> = Set(list.map { Identifier($0) })

    private static let list = [
        // Letters beyond ASCII that differ in case, and such as have no one small letter.
        "Город", "город", "ГОРОД", "é", "É", "ß", "ẞ", "ı", "İ", "ǆ", "ǅ", "Ω", "ω", "ς", "學校", "学校", "مدرسة", "कक्षा",
        "학교",
        // A mark or a format character beside what SQL quotes by: one Character, two scalars.
        "\"\u{301}", "x\"\u{301}y", "\u{600}\"", "\u{600}'", "a\"\"b", "\"", "'", "`", "[x]", "]",
        // What looks like SQL, and what a shell or a terminal takes for its own.
        "a;b", "--", "/*", "a, b", "x) --", "%s", "?1", ":a", "$b", "@c", "\\", "select", "ORDER", "rowid x", "null",
        "1", "1e5", "x'00'", "*",
        // Spaces, control characters, and what nobody sees.
        " ", "a b", "\t", "\n", "a\r\nb", "\u{1}", "\u{1B}[31m", "\u{7F}", "\u{A0}", "\u{200D}", "\u{202E}abc",
        "\u{FEFF}", "\u{E000}", "\u{10FFFF}",
        // Marks that have no composed form, and letters whose composed form has none of their own.
        "x\u{301}", "q\u{323}\u{307}", "\u{1E69}", "🏫", "👩‍🏫", "🇰🇿", "ﬁ", "①", "Ａ",
        String(repeating: "длинное", count: 16),
    ]

    /// Draws `count` names of which SQLite takes no two for one.
    static func draw(_ count: Int, _ random: inout SeededGenerator) -> [Identifier] {
        var out: [Identifier] = []
        for name in list.map({ Identifier($0) }).shuffled(using: &random)
        where out.count < count && !out.contains(where: { $0.isSame(as: name) }) { out.append(name) }
        return out
    }
}
