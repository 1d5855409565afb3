/// Reads the rows of a sheet from its events.
struct SheetReader {
    private let styles: CellStyles
    private let strings: SharedStrings
    private let counting: DayCount
    private var row = 0
    private var cells: [Cell] = []
    private var column = 0
    private var kind = "n"
    private var style = 0
    private var bounded = BoundedText()
    private var isInValue = false
    private var hasFormula = false
    private var inline = StringCollector()
    private var inlineText: BoundedText?

    private var value: String { bounded.text }

    init(styles: CellStyles, strings: SharedStrings, counting: DayCount) {
        self.styles = styles
        self.strings = strings
        self.counting = counting
    }

    /// - Returns: a row where the event ends one.
    mutating func take(_ event: XMLEvents.Event) throws(TabularError) -> Row? {
        switch event {
        case .start("row", let attributes):
            row = attributes["r"].flatMap { Int($0) } ?? row + 1
            cells = []
            column = -1
        case .start("c", let attributes): begin(attributes)
        case .start("v", _): isInValue = true
        case .end("v"): isInValue = false
        case .start("f", _): hasFormula = true
        case .text(let text): if isInValue { bounded.append(text) }
        case .end("c"):
            let cell = try cell()
            if cell != .empty, column < Self.columnsMax {
                if cells.count <= column {
                    cells += [Cell](repeating: .empty, count: column + 1 - cells.count)
                }
                cells[column] = cell
            }
        case .end("row"): return Row(line: row, cells: cells)
        default: break
        }
        if kind == "inlineStr", let text = inline.take(event) { inlineText = text }
        return nil
    }

    /// No workbook has more.
    private static let columnsMax = 16_384

    private mutating func begin(_ attributes: [String: String]) {
        column = attributes["r"].flatMap(Self.column) ?? column + 1
        kind = attributes["t"] ?? "n"
        style = attributes["s"].flatMap { Int($0) } ?? 0
        (bounded, inlineText, hasFormula) = (BoundedText(), nil, false)
    }

    /// The number of the column in a reference such as `AB12`; the first is 0.
    static func column(_ reference: String) -> Int? {
        var column = 0
        for byte in reference.utf8 {
            guard (65...90).contains(byte) else { break }
            column = column * 26 + Int(byte) - 64
            if column > columnsMax { return nil }
        }
        return column == 0 ? nil : column - 1
    }

    private func cell() throws(TabularError) -> Cell {
        if bounded.isTooLong || inlineText?.isTooLong ?? false { return BoundedText.tooLong }
        switch kind {
        case "inlineStr": return Self.text(inlineText?.text ?? "")
        case "s":
            guard let number = Int(value), let text = try strings.text(number) else {
                return value.isEmpty ? .empty : wrong("a text that the workbook lacks")
            }
            if strings.isTooLong(number) { return BoundedText.tooLong }
            return text.isEmpty ? .empty : .text(text)
        case "str": return Self.text(StringCollector.unescaped(value))
        case "b": return flag()
        case "e": return .error(value.isEmpty ? "#ERROR" : value)
        case "d": return .date(value.hasSuffix("T00:00:00") ? String(value.prefix(10)) : value)
        default: return number()
        }
    }

    private static func text(_ text: String) -> Cell { text.isEmpty ? .empty : .text(text) }

    private func number() -> Cell {
        let value = value.filter { !$0.isWhitespace }
        guard !value.isEmpty else {
            return hasFormula ? .wrong("a formula without a value, as no program has computed it yet") : .empty
        }
        let kind = styles.kind(of: style)
        guard let number = Self.number(value) else { return wrong("it is no number") }
        if kind == .number {
            let digits = styles.digits(of: style)
            guard digits > value.count, value.allSatisfy({ $0.isASCII && $0.isNumber }) else { return .number(value) }
            return .text(String(repeating: "0", count: digits - value.count) + value)
        }
        return counting.text(of: number, as: kind).map { .date($0) }
            ?? wrong("the workbook shows it as a date, and it is none")
    }

    private func flag() -> Cell {
        switch value.lowercased() {
        case "": .empty
        case "1", "true": .flag(true)
        case "0", "false": .flag(false)
        default: wrong("it is neither true nor false")
        }
    }

    private func wrong(_ reason: String) -> Cell { .wrong(Array(value.utf8), reason: reason) }

    /// A number as XML Schema writes it, and no word or hexadecimal that Swift takes for one.
    private static func number(_ text: String) -> Double? {
        guard text.utf8.allSatisfy({ "0123456789+-.eE".utf8.contains($0) }), let number = Double(text), number.isFinite
        else { return nil }
        return number
    }
}
