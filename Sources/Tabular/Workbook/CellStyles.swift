/// The styles of a workbook's cells, as far as they say that a number is a date.
struct CellStyles {
    enum Kind: Hashable {
        case number, day, moment, time
    }

    private var formats: [Int: String] = [:]
    /// The number formats of the styles, by the styles' numbers.
    private var styles: [Int] = []
    private var isInCells = false
    private var kinds: [Int: Kind] = [:]

    mutating func take(_ event: XMLEvents.Event) {
        switch event {
        case .start("numFmt", let attributes):
            if let id = attributes["numFmtId"].flatMap({ Int($0) }) { formats[id] = attributes["formatCode"] }
        case .start("cellXfs", _): isInCells = true
        case .end("cellXfs"):
            isInCells = false
            for id in Set(styles) { kinds[id] = Self.kind(of: id, formats[id]) }
        case .start("xf", let attributes):
            if isInCells { styles.append(attributes["numFmtId"].flatMap { Int($0) } ?? 0) }
        default: break
        }
    }

    /// The digits that a format shows at least, where it is one of zeros alone, as programs keep leading zeros by;
    /// else 0.
    func digits(of style: Int) -> Int {
        guard styles.indices.contains(style), let code = formats[styles[style]], code.count > 1,
            code.allSatisfy({ $0 == "0" })
        else { return 0 }
        return code.count
    }

    func kind(of style: Int) -> Kind {
        styles.indices.contains(style) ? kinds[styles[style]] ?? .number : .number
    }

    /// The formats that every program has built in (ECMA-376, 18.8.30), those of Chinese and Japanese programs among
    /// them, and those that the workbook defines.
    private static func kind(of id: Int, _ code: String?) -> Kind {
        if let code { return kind(of: code) }
        switch id {
        case 14...17, 27...31, 36, 50...54, 57, 58: return .day
        case 22: return .moment
        case 18...21, 32...35, 45...47, 55, 56: return .time
        default: return .number
        }
    }

    /// The kind of thing that a format shows: letters that stand for parts of a date, outside of quotes, brackets and escapes.
    static func kind(of code: String) -> Kind {
        var (hasDay, hasTime) = (false, false)
        var scalars = code.unicodeScalars.makeIterator()
        // What follows a semicolon is for negative numbers and texts.
        loop: while let scalar = scalars.next() {
            switch scalar {
            case "\"": while let next = scalars.next(), next != "\"" {}
            case "\\", "_", "*": _ = scalars.next()
            case "[":
                var inside = ""
                while let next = scalars.next(), next != "]" { inside.unicodeScalars.append(next) }
                if ["h", "hh", "m", "mm", "s", "ss"].contains(inside.lowercased()) { hasTime = true }
            case ";": break loop
            case "y", "Y", "d", "D", "e": hasDay = true
            case "h", "H", "s", "S": hasTime = true
            case "0", "#", "?": if !hasTime { return .number }
            case "G" where code.hasPrefix("General"): return .number
            default: break
            }
        }
        if hasDay { return hasTime ? .moment : .day }
        return hasTime ? .time : code.lowercased().contains("mmm") ? .day : .number
    }
}
