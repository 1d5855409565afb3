import Foundation

/// The languages of the console.
enum Language: String, CaseIterable, Sendable {
    case zh, ru, en

    /// The language's own name for itself.
    var ownName: String {
        switch self {
        case .zh: "中文"
        case .ru: "Русский"
        case .en: "English"
        }
    }

    /// The language that a browser would rather have (RFC 9110, section 12.5.4); English where it names none of these.
    init(accepting header: String?) {
        var best: (language: Language, weight: Double)?
        for part in (header ?? "").prefix(1000).split(separator: ",") {
            let fields = part.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
            guard let tag = fields.first?.lowercased().prefix(2), let language = Language(rawValue: String(tag)) else {
                continue
            }
            let weight = fields.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) } ?? 1
            if weight > best?.weight ?? 0 { best = (language, weight) }
        }
        self = best?.language ?? .en
    }

    /// The message of a key, with `{0}`, `{1}` … replaced.
    func text(_ key: String, _ arguments: String...) -> String { filled(messages[key] ?? key, arguments) }

    /// The message of a key in the form that a number asks for, with `{n}` replaced by the number.
    func text(_ key: String, count: Int, _ arguments: String...) -> String {
        let forms = (messages[key] ?? key).components(separatedBy: " ¦ ")
        let form = forms[min(pluralForm(of: count), forms.count - 1)]
        return filled(form.replacingOccurrences(of: "{n}", with: number(count)), arguments)
    }

    /// Sentences one after the other, as the language writes them.
    func joined(_ sentences: [String]) -> String { sentences.joined(separator: self == .zh ? "" : " ") }

    private func filled(_ text: String, _ arguments: [String]) -> String {
        var out = ""
        var rest = text[...]
        // One pass, so that what is put in is never looked through again.
        while let open = rest.firstIndex(of: "{") {
            out += rest[..<open]
            rest = rest[open...]
            if let close = rest.firstIndex(of: "}"), let place = Int(rest[rest.index(after: open)..<close]),
                arguments.indices.contains(place)
            {
                out += arguments[place]
                rest = rest[rest.index(after: close)...]
            } else {
                out.append(rest.removeFirst())
            }
        }
        return out + rest
    }

    /// The place of a number's form among those of a message (Unicode's plural rules for whole numbers).
    func pluralForm(of count: Int) -> Int {
        let (ten, hundred) = (abs(count) % 10, abs(count) % 100)
        switch self {
        case .zh: return 0
        case .en: return count == 1 ? 0 : 1
        case .ru:
            if ten == 1, hundred != 11 { return 0 }
            return (2...4).contains(ten) && !(12...14).contains(hundred) ? 1 : 2
        }
    }

    /// A whole number as the language writes it.
    func number(_ number: Int) -> String {
        let digits = String(number.magnitude)
        guard digits.count > (self == .ru ? 4 : 3) else { return "\(number)" }
        var out = ""
        for (place, digit) in digits.enumerated() {
            if place > 0, (digits.count - place) % 3 == 0 { out += self == .ru ? "\u{A0}" : "," }
            out.append(digit)
        }
        return number < 0 ? "−" + out : out
    }

    /// A number of bytes in the largest unit of 1024 that it fills.
    func bytes(_ count: Int64) -> String {
        let units = self == .ru ? ["Б", "КиБ", "МиБ", "ГиБ"] : ["B", "KiB", "MiB", "GiB"]
        var (value, place) = (Double(count), 0)
        while value >= 1024, place < units.count - 1 { (value, place) = (value / 1024, place + 1) }
        let text = place == 0 ? "\(count)" : String(format: "%.1f", value)
        return (self == .ru ? text.replacingOccurrences(of: ".", with: ",") : text) + "\u{A0}" + units[place]
    }
}
