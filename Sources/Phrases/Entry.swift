/// A message in the languages that there are.
struct Entry {
    let english: String
    let russian: String
    let chinese: String

    /// All messages, room by room.
    static let all: [Entry] = texts.flatMap(read)

    /// Reads entries that stand as three lines, with an empty one between: the template, and behind `ru:` and `zh:` what
    /// it says there.
    static func read(_ text: String) -> [Entry] {
        var out: [Entry] = []
        var lines = text.split(separator: "\n", omittingEmptySubsequences: true)[...]
        while lines.count >= 3 {
            let (english, russian, chinese) = (
                lines.removeFirst(), lines.removeFirst(), lines.removeFirst()
            )
            guard russian.hasPrefix("ru: "), chinese.hasPrefix("zh: ") else {
                preconditionFailure("an entry has three lines: \(english)")
            }
            out.append(
                Entry(
                    english: String(english), russian: String(russian.dropFirst(4)),
                    chinese: String(chinese.dropFirst(4))))
        }
        return out
    }
}
