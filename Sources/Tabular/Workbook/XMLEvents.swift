import Foundation
import FoundationXML

/// The events of one part of a workbook as it is parsed. Names come without their namespace prefix.
final class XMLEvents: NSObject, XMLParserDelegate {
    enum Event {
        case start(String, [String: String])
        case text(String)
        case end(String)
    }

    private let stream: ZipStream
    private let take: (Event) throws -> Void
    private var failure: (any Error)?
    /// Elements that are open.
    private var depth = 0
    private var hasRoot = false

    private let path: String

    private init(_ stream: ZipStream, of path: String, take: @escaping (Event) throws -> Void) {
        self.stream = stream
        self.path = path
        self.take = take
    }

    /// Parses a part to its end.
    ///
    /// - Throws: `damaged`, and what `take` throws.
    static func parse(_ stream: ZipStream, of path: String, take: @escaping (Event) throws -> Void) throws {
        let events = XMLEvents(stream, of: path, take: take)
        let parser = XMLParser(stream: stream)
        parser.delegate = events
        let isWhole = parser.parse()
        if let failure = events.failure { throw failure }
        guard isWhole, !stream.isBroken else {
            throw TabularError.damaged(path: path, reason: "line \(parser.lineNumber) of a part of it is no XML")
        }
        // The parser takes the end of its input for the end of the document, whatever is open.
        guard events.hasRoot, events.depth == 0 else {
            throw TabularError.damaged(path: path, reason: "a part of it is cut off")
        }
    }

    /// A workbook has no entities of its own (ECMA-376, part 2, 9.1.4), and what one stands for would be lost in
    /// silence.
    private func begin(_ parser: XMLParser) {
        hasRoot = true
        if Self.hasDefinitions(stream.takeHead()) {
            failure = TabularError.damaged(path: path, reason: "a part of it defines entities, which no workbook has")
            stream.stop()
            parser.abortParsing()
        }
    }

    /// Whether a document type stands before the root, behind instructions and comments.
    private static func hasDefinitions(_ head: [UInt8]) -> Bool {
        // Without zeros UTF-16 is ASCII as far as this goes.
        var rest = String(decoding: head.filter { $0 != 0 && $0 < 0x80 }, as: UTF8.self)[...]
        while let start = rest.firstIndex(of: "<") {
            rest = rest[start...]
            if rest.hasPrefix("<!--") {
                guard let end = rest.range(of: "-->") else { return false }
                rest = rest[end.upperBound...]
            } else if rest.hasPrefix("<?") {
                guard let end = rest.range(of: "?>") else { return false }
                rest = rest[end.upperBound...]
            } else {
                return rest.hasPrefix("<!DOCTYPE")
            }
        }
        return false
    }

    /// The attributes of each element of a name within the first element of a text, whatever stands behind it.
    static func attributes(of name: String, in bytes: [UInt8]) -> [[String: String]] {
        guard !bytes.isEmpty else { return [] }
        let reader = AttributeReader(name)
        let parser = XMLParser(data: Data(bytes))
        parser.delegate = reader
        _ = parser.parse()
        return reader.found
    }

    /// Collects the attributes of elements.
    private final class AttributeReader: NSObject, XMLParserDelegate {
        private let name: String
        private(set) var found: [[String: String]] = []
        private var depth = 0

        init(_ name: String) { self.name = name }

        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
            attributes: [String: String]
        ) {
            depth += 1
            if XMLEvents.local(name) == self.name { found.append(attributes) }
        }

        func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
            depth -= 1
            if depth == 0 { parser.abortParsing() }
        }
    }

    private func give(_ event: Event, to parser: XMLParser) {
        guard failure == nil else { return }
        do { try take(event) } catch {
            failure = error
            stream.stop()
            parser.abortParsing()
        }
    }

    private static func local(_ name: String) -> String {
        guard let colon = name.utf8.firstIndex(of: UInt8(ascii: ":")) else { return name }
        return String(name[name.index(after: colon)...])
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        depth += 1
        if !hasRoot { begin(parser) }
        give(.start(Self.local(name), attributes), to: parser)
    }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        depth -= 1
        give(.end(Self.local(name)), to: parser)
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) { give(.text(text), to: parser) }

    func parser(_ parser: XMLParser, foundCDATA data: Data) {
        give(.text(String(decoding: data, as: UTF8.self)), to: parser)
    }
}
