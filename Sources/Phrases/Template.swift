/// A message in English with `{}` for what is put into it, by which a sentence is recognised.
struct Template {
    let text: String
    /// The texts before, between and behind the places.
    private let literals: [[UInt8]]
    let letterCount: Int
    var byteCount: Int { literals.reduce(0) { $0 + $1.count } }
    var placeCount: Int { literals.count - 1 }
    /// Whether it goes on with a sentence that stands before it.
    private let isTail: Bool

    init(_ text: String) {
        self.text = text
        var literals: [[UInt8]] = [[]]
        var bytes = Array(text.utf8)[...]
        while let byte = bytes.popFirst() {
            if byte == UInt8(ascii: "{"), bytes.first == UInt8(ascii: "}") {
                bytes = bytes.dropFirst()
                literals.append([])
            } else {
                literals[literals.count - 1].append(byte)
            }
        }
        isTail = text.first.map { ":;,(".contains($0) } ?? false
        self.literals = isTail ? [[]] + literals : literals
        letterCount = literals.reduce(0) { $0 + $1.count { $0 > 0x40 } }
    }

    /// The fewest letters of a template: with fewer it fits sentences that are none of its own.
    private static let letterCountLeast = 7
    /// The same of one in which a number stands, such as `{} rows`.
    private static let letterCountLeastWithNumber = 4

    /// Whether its words tell it from other sentences, and there are places in it.
    var isTelling: Bool { letterCount >= Self.letterCountLeast && literals.count > 1 }

    /// Whether it tells a sentence at least where a number stands in that.
    var isUsable: Bool { letterCount >= Self.letterCountLeastWithNumber && literals.count > 1 }

    /// The words put into a sentence, and the head of one that goes on with another; nil where the sentence is
    /// none of these. A place ends where what follows it first stands.
    func arguments(in sentence: [UInt8]) -> (head: String?, arguments: [String])? {
        guard let first = literals.first, let last = literals.last, sentence.starts(with: first),
            sentence.count >= first.count + last.count, sentence.suffix(last.count).elementsEqual(last)
        else { return nil }
        var out: [String] = []
        var rest = sentence[first.count..<(sentence.count - last.count)]
        for literal in literals.dropFirst().dropLast() {
            guard let place = Self.place(of: literal, in: rest) else { return nil }
            out.append(String(decoding: rest[..<place], as: UTF8.self))
            rest = rest[(place + literal.count)...]
        }
        if literals.count > 1 { out.append(String(decoding: rest, as: UTF8.self)) }
        guard isTelling || out.dropFirst(isTail ? 1 : 0).contains(where: { Int($0) != nil }) else { return nil }
        return isTail ? (out.first, Array(out.dropFirst())) : (nil, out)
    }

    private static func place(of literal: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
        guard bytes.count >= literal.count else { return nil }
        return (bytes.startIndex...(bytes.endIndex - literal.count)).first {
            bytes[$0..<($0 + literal.count)].elementsEqual(literal)
        }
    }
}
