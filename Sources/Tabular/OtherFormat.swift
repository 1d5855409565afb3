/// Formats of files that people take for tables and that are none, told by how they begin.
enum OtherFormat {
    /// The bytes from the beginning of a file that tell.
    static let headLength = 1_024

    /// The name of the format of a file that begins so; nil where it may hold a table. Many a system names a web page
    /// `.xls`, which a spreadsheet program opens without a word.
    static func name(ofFileBeginning head: [UInt8]) -> String? {
        if let binary = signatures.first(where: { head.starts(with: $0.bytes) }) { return binary.name }
        // Such beginnings are ASCII in every encoding, with zeros between where it is of two bytes.
        let start = head.filter { $0 != 0 }.drop { marksAndBlanks.contains($0) }
        let words = String(decoding: start.prefix(64), as: UTF8.self).lowercased()
        if words.hasPrefix("{\\rtf") { return "a document of a word processor" }
        if words.hasPrefix("<?xml") { return "an XML document" }
        if pageBeginnings.contains(where: words.hasPrefix) { return "a web page" }
        let packed = words.filter { !$0.isWhitespace }
        return packed.hasPrefix("{\"") || packed.hasPrefix("[{") ? "a JSON document" : nil
    }

    private static let signatures: [(bytes: [UInt8], name: String)] = [
        ([0xD0, 0xCF, 0x11, 0xE0], "a workbook of the format before 2007, or one that is locked with a password"),
        ([0x1F, 0x8B], "packed by gzip"), ([0x25, 0x50, 0x44, 0x46], "a PDF document"),
        ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "a packed archive"), (Array("Rar!\u{1A}\u{7}".utf8), "a packed archive"),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "a packed archive"), ([0x28, 0xB5, 0x2F, 0xFD], "a packed archive"),
        ([0x89, 0x50, 0x4E, 0x47], "an image file"), ([0xFF, 0xD8, 0xFF], "an image file"),
        ([0x53, 0x51, 0x4C, 0x69, 0x74, 0x65, 0x20, 0x66, 0x6F, 0x72, 0x6D, 0x61, 0x74], "an SQLite database"),
    ]
    private static let pageBeginnings = ["<!doctype", "<html", "<head", "<meta", "<body", "<table", "<style"]
    private static let marksAndBlanks: [UInt8] = [0xEF, 0xBB, 0xBF, 0xFF, 0xFE, 0x20, 0x09, 0x0A, 0x0D]
}
