import ReplicaModel

/// The smallest part of an expression.
package enum ExpressionToken: Equatable {
    /// A bare word, as written.
    case word(Identifier)
    /// A name in quotes of any kind, without them.
    case name(Identifier)
    case text([UInt8])
    case blob([UInt8])
    case integer(Int64)
    case real(Double)
    case symbol(ExpressionSymbol)
    case end
}

/// A token that is neither a name nor a value.
package enum ExpressionSymbol: String, CaseIterable {
    case open = "("
    case close = ")"
    case comma = ","
    case concatenation = "||"
    case shiftLeft = "<<"
    case shiftRight = ">>"
    case lessOrEqual = "<="
    case greaterOrEqual = ">="
    case equalTwice = "=="
    case unequal = "<>"
    case unequalToo = "!="
    case plus = "+"
    case minus = "-"
    case times = "*"
    case divided = "/"
    case modulo = "%"
    case and = "&"
    case or = "|"
    case less = "<"
    case greater = ">"
    case equal = "="
    case inverted = "~"

    /// The symbols, those of two characters first, so that the longest is found.
    static let longestFirst = allCases.sorted { $0.rawValue.utf8.count > $1.rawValue.utf8.count }
}

/// Why an expression, a type or a default is refused, to be read behind the words that name it.
package struct ExpressionRefusal: Error {
    package let sentence: String

    package init(_ sentence: String) { self.sentence = sentence }
}
