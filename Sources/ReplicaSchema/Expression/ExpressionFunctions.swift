import ReplicaModel

/// The functions that definitions may call.
extension ExpressionRules {
    /// Refuses a function that is not listed.
    ///
    /// - Parameter name: in small letters.
    func permit(_ name: String) throws(ExpressionRefusal) { _ = try counts(of: name) }

    /// How many arguments it may have.
    private func counts(of name: String) throws(ExpressionRefusal) -> ClosedRange<Int> {
        let permitted = use == .entered ? Self.entered : Self.total
        guard let counts = permitted[name] else {
            let advice = Self.hints[name] ?? Self.advice(permitted)
            throw ExpressionRefusal(
                """
                calls \(name.prefix(40)), which is not among the functions that every replica permits there: \
                \(advice)
                """
            )
        }
        return counts
    }

    /// The result that a call gives.
    func call(_ name: String, _ arguments: [ExpressionResult]) throws(ExpressionRefusal) -> ExpressionResult {
        let counts = try counts(of: name)
        guard counts.contains(arguments.count) else {
            let wanted = counts.count == 1 ? "\(counts.lowerBound)" : "\(counts.lowerBound) to \(counts.upperBound)"
            throw ExpressionRefusal(
                """
                calls \(name) with \(arguments.count) arguments, and it may have \
                \(wanted)\(Self.countHints[name].map { ": \($0)" } ?? "")
                """
            )
        }
        return try checked(isLoose ? entered(name, arguments) : result(of: name, arguments).made)
    }

    /// An argument list of SQLite may have 100 to 127 members.
    private static let argumentsMax = 32

    /// The functions that have an answer for every value, the same in every SQLite.
    private static let total: [String: ClosedRange<Int>] = [
        "abs": 1...1, "char": 1...argumentsMax, "coalesce": 2...argumentsMax, "hex": 1...1, "ifnull": 2...2,
        "iif": 3...3, "instr": 2...2, "length": 1...1, "lower": 1...1, "ltrim": 1...2,
        "max": 2...argumentsMax, "min": 2...argumentsMax, "nullif": 2...2, "replace": 3...3, "round": 1...1,
        "rtrim": 1...2, "sign": 1...1, "substr": 2...3, "substring": 2...3,
        "trim": 1...2, "typeof": 1...1, "unicode": 1...1, "upper": 1...1,
    ]

    /// Read once, where a row is entered: what mints a key, or tells the time.
    private static let entering: [String: ClosedRange<Int>] = [
        "current_date": 0...0, "current_time": 0...0, "current_timestamp": 0...0, "date": 0...argumentsMax,
        "datetime": 0...argumentsMax, "julianday": 0...argumentsMax,
        "printf": 1...argumentsMax, "quote": 1...1, "random": 0...0, "randomblob": 1...1, "round": 1...2,
        "strftime": 1...argumentsMax, "time": 0...argumentsMax,
    ]

    private static let entered = total.merging(entering) { $1 }

    private static let hints = [
        "date": dates, "datetime": dates, "julianday": dates, "strftime": dates, "time": dates, "unixepoch": dates,
        "current_date": dates, "current_time": dates,
        "current_timestamp": dates, "timediff": dates,
        "json_valid": json, "json_extract": json, "json_type": json, "json_array_length": json,
        "like": "write GLOB, or instr(lower(x), 'text') > 0", "glob": "write x GLOB 'pattern'",
        "if": "write iif, with three arguments", "format": "write ||", "printf": "write ||", "concat": "write ||",
        "concat_ws": "write ||", "octet_length": "write length(hex(x)) / 2",
        "regexp": "write GLOB, or have it checked by the program that writes",
        "likely": "leave it out", "unlikely": "leave it out", "likelihood": "leave it out", "count": row, "sum": row,
        "total": row, "avg": row,
        "group_concat": row, "string_agg": row, "raise": row,
    ]
    private static let dates =
        "they tell the time, or differ between versions; write dates as texts such as 2026-01-31, and compare those"
    private static let json = "it differs between versions; have it checked by the program that writes"
    private static let digits = "write plain digits"
    private static let row = "only the row's own values"

    private static let countHints = [
        "iif": "write CASE WHEN … THEN … END",
        "round": "write round(x * 100) / 100, for its digits are not the same in every SQLite",
        "max": "only the row's own values",
        "min": "only the row's own values",
    ]

    private static func advice(_ permitted: [String: ClosedRange<Int>]) -> String {
        "write it with \(permitted.keys.sorted().joined(separator: ", "))"
    }

    /// Advice on what to write instead where SQLite itself has refused a call or a number; empty if nothing is known
    /// of it.
    static func hint(behind message: String) -> String {
        func name(behind beginning: String) -> String? {
            guard message.hasPrefix(beginning) else { return nil }
            return Identifier(message.dropFirst(beginning.count).prefix { $0 != "(" }).folded.text
        }
        if let name = name(behind: "wrong number of arguments to function ") {
            return (countHints[name] ?? hints[name]).map { ": \($0)" } ?? ""
        }
        if let name = name(behind: "no such function: ") { return ": \(hints[name] ?? advice(total))" }
        let isNumber = name(behind: "unrecognized token: ")?.utf8.dropFirst().first.map { 0x30...0x39 ~= $0 } ?? false
        return isNumber ? ": \(digits)" : ""
    }

    private func result(of name: String, _ arguments: [ExpressionResult]) throws(ExpressionRefusal) -> ExpressionResult
    {
        switch name {
        case "coalesce", "ifnull", "max", "min": return .either(arguments)
        case "nullif":
            try compareBoth(arguments[0], arguments[1])
            var out = combined(arguments[0].classes, arguments)
            (out.size, out.bound) = (arguments[0].size, arguments[0].bound)
            return out
        case "iif":
            try condition(arguments[0])
            var out = ExpressionResult.either([arguments[1], arguments[2]])
            out.cost += arguments[0].cost
            return out
        case "typeof": return combined(.text, arguments)
        case "abs":
            guard !arguments[0].classes.contains(.integer), !arguments[0].classes.contains(.text) else {
                throw ExpressionRefusal(
                    "calls abs of what may be an integer, and the least one has no opposite: write max(x, -x)")
            }
            return combined(.real, arguments)
        case "round", "sign":
            try number(arguments[0])
            return combined(name == "round" ? .real : .integer, arguments)
        case "char":
            for argument in arguments { try number(argument) }
            var out = combined(.text, arguments)
            out.size.bytes = 4 * arguments.count
            return out
        default: return try ofText(name, arguments)
        }
    }

    /// The result of functions whose first argument is a text.
    private func ofText(_ name: String, _ arguments: [ExpressionResult]) throws(ExpressionRefusal) -> ExpressionResult {
        try text(arguments[0])
        var out = combined(.text, arguments)
        out.size = arguments[0].size.union(.number)
        switch name {
        case "length", "unicode":
            out = combined(.integer, arguments)
            out.bound = Self.lengthMax
        case "instr":
            try pattern(arguments[1])
            out = combined(.integer, arguments)
            out.bound = Self.lengthMax
        case "hex": out.size = out.size * 2
        case "substr", "substring":
            for argument in arguments.dropFirst() { try place(argument) }
            out.classes = arguments[0].classes.contains(.blob) ? [.text, .blob] : .text
        case "replace":
            try pattern(arguments[1])
            try pattern(arguments[2])
            guard arguments[1].literal?.byteCount != 0 else {
                throw ExpressionRefusal("calls replace with nothing to look for: leave the call out")
            }
            out.size = out.size * Self.growth(arguments[1], arguments[2])
        case "trim", "ltrim", "rtrim":
            if arguments.count == 2 { try pattern(arguments[1]) }
        default: break
        }
        return out
    }

    /// How many times as long a text may be in which one thing was put for another.
    private static func growth(_ old: ExpressionResult, _ new: ExpressionResult) -> Int {
        guard let old = old.literal?.byteCount, let new = new.literal?.byteCount, old > 0 else { return 1 }
        return max(1, (new + old - 1) / old)
    }

    /// The result of a call in what is entered: it may be anything, but every SQLite must know how to make it.
    private func entered(_ name: String, _ arguments: [ExpressionResult]) throws(ExpressionRefusal) -> ExpressionResult
    {
        switch name {
        case "strftime": try EnteredFormats.checkTime(arguments[0])
        case "printf": try EnteredFormats.checkText(arguments[0])
        default: break
        }
        let isOfTime = ["date", "datetime", "julianday", "time"].contains(name)
        for modifier in arguments.dropFirst(isOfTime ? 1 : 2) where isOfTime || name == "strftime" {
            try EnteredFormats.checkModifier(modifier)
        }
        if name == "randomblob" {
            guard case .integer(let count)? = arguments[0].literal, (1...1_024).contains(count) else {
                throw ExpressionRefusal("calls randomblob with another number than 1 to 1024: write one of these")
            }
        }
        return combined(.any, arguments)
    }
}

/// Formats and modifiers that SQLite 3.35 knows.
private enum EnteredFormats {
    static func checkTime(_ result: ExpressionResult) throws(ExpressionRefusal) {
        guard let letters = letters(result), letters.allSatisfy({ $0.count == 1 && "dfHjJmMsSwWY%".contains($0) })
        else {
            throw ExpressionRefusal(
                """
                calls strftime with a format that not every SQLite knows: write a literal with %d %f %H %j %J %m %M %s \
                %S %w %W %Y %%
                """
            )
        }
    }

    static func checkText(_ result: ExpressionResult) throws(ExpressionRefusal) {
        let plain = { (text: String) in
            let width = text.dropLast().drop { $0 == "-" || $0 == "0" || $0 == "+" || $0 == " " }.split(
                separator: ".", omittingEmptySubsequences: false)
            return text.last.map { "dufgeEGxXosciq%QwW".contains($0) } ?? false && width.count <= 2
                && width.allSatisfy { $0.count <= 2 && $0.allSatisfy(\.isNumber) }
        }
        guard let letters = letters(result), letters.allSatisfy(plain) else {
            throw ExpressionRefusal(
                """
                calls printf with a format that not every SQLite knows: write a literal with plain widths, such as \
                '%s-%04d'
                """
            )
        }
    }

    static func checkModifier(_ result: ExpressionResult) throws(ExpressionRefusal) {
        let words = ["utc", "localtime", "unixepoch", "start of month", "start of year", "start of day"]
        let units = ["day", "hour", "minute", "second", "month", "year"]
        if case .text(let bytes)? = result.literal {
            let text = Identifier(bytes: bytes).folded.text
            let parts = text.split(separator: " ")
            let isShift =
                parts.count == 2 && Double(parts[0]) != nil && units.contains { parts[1] == $0 || parts[1] == $0 + "s" }
            let isWeekday =
                parts.count == 2 && parts[0] == "weekday" && Int(parts[1]).map { (0...6).contains($0) } ?? false
            if words.contains(text) || isShift || isWeekday { return }
        }
        throw ExpressionRefusal(
            """
            calls a function of time with a modifier that not every SQLite knows: write a literal such as '+1 day', \
            'start of month' or 'unixepoch'
            """
        )
    }

    /// The conversions of a format: what stands behind each per cent sign, to its letter; nil if the format is no
    /// literal, or ends within one.
    private static func letters(_ result: ExpressionResult) -> [String]? {
        guard case .text(let bytes)? = result.literal else { return nil }
        var out: [String] = []
        var rest = bytes[...]
        while let sign = rest.firstIndex(of: 0x25) {
            rest = rest[(sign + 1)...]
            guard
                let end = rest.firstIndex(where: {
                    $0 == 0x25 || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) || $0 >= 0x80
                })
            else { return nil }
            out.append(String(decoding: rest[...end], as: UTF8.self))
            rest = rest[(end + 1)...]
        }
        return out
    }
}
