/// A text of a definition, equal to another only if its bytes are.
///
/// Swift's strings are equal where they read alike, however Unicode writes them; to SQLite those are two texts, so a definition that differs in
/// nothing else is another.
@propertyWrapper
public struct Bytewise<Text: BytewiseText>: Sendable {
    public var wrappedValue: Text

    public init(wrappedValue: Text) { self.wrappedValue = wrappedValue }
}

/// A text, or one that may be missing.
public protocol BytewiseText: Sendable {
    /// Nil where there is no text.
    var comparedBytes: [UInt8]? { get }
}

extension String: BytewiseText {
    public var comparedBytes: [UInt8]? { Array(utf8) }
}

extension String?: BytewiseText {
    public var comparedBytes: [UInt8]? { map { Array($0.utf8) } }
}

extension Bytewise: Hashable {
    public static func == (l: Bytewise, r: Bytewise) -> Bool { l.wrappedValue.comparedBytes == r.wrappedValue.comparedBytes }

    public func hash(into hasher: inout Hasher) { hasher.combine(wrappedValue.comparedBytes) }
}

extension String {
    /// With capitals of ASCII for its small letters, and all else as it is: what SQLite reads keywords, types and names by.
    public var asciiUppercased: String {
        String(decoding: utf8.map { (0x61...0x7A).contains($0) ? $0 - 32 : $0 }, as: UTF8.self)
    }
}
