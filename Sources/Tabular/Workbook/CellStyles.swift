/// The styles of a workbook's cells, as far as they say that a number is a date.
struct CellStyles {
    enum Kind: Hashable {
        case number, day, moment, time
        /// A time that goes on beyond a day.
        case duration
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
        if let code { return NumberFormat(code).kind }
        switch id {
        case 14...17, 27...31, 36, 50...54, 57, 58: return .day
        case 22: return .moment
        case 46: return .duration
        case 18...21, 32...35, 45, 47, 55, 56: return .time
        default: return .number
        }
    }
}
