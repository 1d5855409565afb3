/// The text of a cell as it is put together. Of one that is longer than any that a replica takes nothing is kept, so
/// that a small archive of a huge cell passes through little memory.
struct BoundedText {
    private(set) var text = ""
    /// Whether there was more than is kept.
    private(set) var isTooLong = false

    /// Bytes of UTF-8: what a replica takes unless it was configured otherwise, and five hundred times what workbooks
    /// may hold.
    static let bytesMax = 1 << 24

    mutating func append(_ more: String) {
        guard !isTooLong else { return }
        guard text.utf8.count + more.utf8.count <= Self.bytesMax else {
            isTooLong = true
            text = ""
            return
        }
        text += more
    }

    /// Puts characters for the escapes that stand for them.
    mutating func unescape() { text = StringCollector.unescaped(text) }

    /// The cell that says so of one that is too long.
    static let tooLong = Cell.wrong("a text of more than 16 MiB")
}
