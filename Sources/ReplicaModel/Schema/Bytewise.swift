/// A text of a definition, equal to another only if its bytes are.
///
/// Swift's strings are equal where they read alike, however Unicode writes them; to SQLite those are two texts, so a
/// definition that differs in nothing else is another.
@propertyWrapper
public struct Bytewise<Text: BytewiseText>: Sendable {
    /// The text as it was given, in the form of Unicode in which it was.
    public var wrappedValue: Text

    /// Takes a text as it is.
    public init(wrappedValue: Text) { self.wrappedValue = wrappedValue }
}

/// A text, or one that may be missing.
public protocol BytewiseText: Sendable {
    /// The text that is compared; nil where there is none.
    var comparedText: String? { get }
}

extension String: BytewiseText {
    /// The string itself.
    public var comparedText: String? { self }
}

extension String?: BytewiseText {
    /// The string, or nil.
    public var comparedText: String? { self }
}

extension Bytewise: Hashable {
    public static func == (l: Bytewise, r: Bytewise) -> Bool {
        guard var left = l.wrappedValue.comparedText, var right = r.wrappedValue.comparedText else {
            return l.wrappedValue.comparedText == nil && r.wrappedValue.comparedText == nil
        }
        return left.withUTF8 { mine in right.withUTF8 { mine.count == $0.count && mine.elementsEqual($0) } }
    }

    public func hash(into hasher: inout Hasher) {
        guard var text = wrappedValue.comparedText else { return hasher.combine(0) }
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}

extension String {
    /// The text with capitals of ASCII for its small letters, and all else as it is: what SQLite reads keywords, types
    /// and names by.
    public var asciiUppercased: String {
        String(decoding: utf8.map { (0x61...0x7A).contains($0) ? $0 - 32 : $0 }, as: UTF8.self)
    }
}
