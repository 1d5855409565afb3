/// Messages of the console by key. Each language has a file of them, a line each, with the same keys in all.
enum Messages {
    /// Reads the lines of a language: the key, ` | `, and the message; forms for numbers stand between ` ¦ `.
    static func read(_ text: String) -> [String: String] {
        var out: [String: String] = [:]
        for line in text.split(separator: "\n") {
            guard let bar = line.range(of: " | ") else { continue }
            out[String(line[..<bar.lowerBound])] = String(line[bar.upperBound...])
        }
        return out
    }

    static let chinese = read(ChineseMessages.text)
    static let russian = read(RussianMessages.text)
    static let english = read(EnglishMessages.text)
}

extension Language {
    /// All messages of the language, by key.
    var messages: [String: String] {
        switch self {
        case .zh: Messages.chinese
        case .ru: Messages.russian
        case .en: Messages.english
        }
    }
}
