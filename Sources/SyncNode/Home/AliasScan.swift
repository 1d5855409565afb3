/// The search for the first anchor or alias in a text of YAML. A few hundred bytes of them stand for more values than
/// anybody can read through, and already to compose them may take for ever.
struct AliasScan {
    private let bytes: [UInt8]
    private var place = 0
    private var line = 1
    /// The column of the name or the dash that stands last at the beginning of this line.
    private var indent = 0
    private var lineStart = 0
    /// Whether nothing but blanks and the dashes of lists stands on this line so far.
    private var isLead = true
    /// The brackets and braces that are open.
    private var depth = 0
    /// Whether a value or a name may begin here.
    private var isStart = true

    private init(_ text: String) { bytes = Array(text.utf8) }

    /// The line of the first one; nil where there is none.
    static func line(in text: String) -> Int? {
        var scan = Self(text)
        return scan.find()
    }

    private mutating func find() -> Int? {
        while let byte = next {
            switch byte {
            case UInt8(ascii: "\n"): beginLine()
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): place += 1
            case UInt8(ascii: "#") where place == 0 || isBlank(bytes[place - 1]): skipLine()
            case UInt8(ascii: "&") where isStart, UInt8(ascii: "*") where isStart: return line
            case UInt8(ascii: "\"") where isStart, UInt8(ascii: "'") where isStart: skipQuoted(byte)
            case UInt8(ascii: "|") where isStart && depth == 0, UInt8(ascii: ">") where isStart && depth == 0:
                skipBlock()
            case UInt8(ascii: "!") where isStart: skipWord()
            case UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: ","):
                passFlow(byte)
            case UInt8(ascii: "-"), UInt8(ascii: "?"), UInt8(ascii: ":"): passIndicator(byte)
            default: step(isStart: false)
            }
        }
        return nil
    }

    /// Passes over a sign of a list in brackets or of names in braces, or over one that is part of a plain text.
    private mutating func passFlow(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: ","): step(isStart: depth > 0)
        case UInt8(ascii: "]"), UInt8(ascii: "}"):
            depth = max(depth - 1, 0)
            step(isStart: false)
        default:
            if isStart { depth += 1 }
            step(isStart: isStart)
        }
    }

    private mutating func passIndicator(_ byte: UInt8) {
        let isFirst = place == lineStart && bytes[place...].starts(with: [byte, byte, byte])
        if isFirst, byte == UInt8(ascii: "-"), place + 3 >= bytes.count || isBlank(bytes[place + 3]) {
            place += 3
            return
        }
        let isEnd = place + 1 >= bytes.count || isBlank(bytes[place + 1])
        if byte == UInt8(ascii: ":") { return step(isStart: isEnd || depth > 0) }
        guard isStart, isEnd else { return step(isStart: false) }
        if isLead { indent = place - lineStart }
        place += 1
    }

    private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

    private func isBlank(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0A, 0x0D].contains(byte) }

    private mutating func step(isStart: Bool) {
        endLead()
        place += 1
        self.isStart = isStart
    }

    private mutating func endLead() {
        if isLead { indent = place - lineStart }
        isLead = false
    }

    private mutating func beginLine() {
        place += 1
        line += 1
        lineStart = place
        isLead = true
        indent = bytes[place...].prefix { $0 == UInt8(ascii: " ") }.count
        isStart = true
    }

    private mutating func skipLine() {
        while let byte = next, byte != UInt8(ascii: "\n") { place += 1 }
    }

    private mutating func skipWord() {
        while let byte = next, !isBlank(byte) { place += 1 }
    }

    private mutating func skipQuoted(_ mark: UInt8) {
        endLead()
        place += 1
        while let byte = next, byte != mark {
            if byte == UInt8(ascii: "\n") { line += 1 }
            // What a backslash takes from a mark is no end; of two single ones each begins and ends a text.
            let isEscaped = byte == UInt8(ascii: "\\") && mark == UInt8(ascii: "\"") && place + 1 < bytes.count
            if isEscaped, bytes[place + 1] == mark || bytes[place + 1] == byte { place += 1 }
            place += 1
        }
        let isDoubled = mark == UInt8(ascii: "'") && place + 1 < bytes.count && bytes[place + 1] == mark
        step(isStart: isDoubled)
    }

    /// Passes over a text that stands on lines of its own, further to the right.
    private mutating func skipBlock() {
        let outer = indent
        skipLine()
        while next != nil {
            beginLine()
            let begin = place + indent
            let isEmpty =
                begin >= bytes.count || bytes[begin] == UInt8(ascii: "\n") || bytes[begin] == UInt8(ascii: "\r")
            guard isEmpty || indent > outer else { return }
            skipLine()
        }
    }
}
