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

    private init(_ stream: ZipStream, take: @escaping (Event) throws -> Void) {
        self.stream = stream
        self.take = take
    }

    /// Parses a part to its end.
    ///
    /// - Throws: `damaged`, and what `take` throws.
    static func parse(_ stream: ZipStream, of path: String, take: @escaping (Event) throws -> Void) throws {
        let events = XMLEvents(stream, take: take)
        let parser = XMLParser(stream: stream)
        parser.delegate = events
        let isWhole = parser.parse()
        if let failure = events.failure { throw failure }
        guard isWhole, !stream.isBroken else {
            throw TabularError.damaged(path: path, reason: "line \(parser.lineNumber) of a part of it is no XML")
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
        give(.start(Self.local(name), attributes), to: parser)
    }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        give(.end(Self.local(name)), to: parser)
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) { give(.text(text), to: parser) }

    func parser(_ parser: XMLParser, foundCDATA data: Data) {
        give(.text(String(decoding: data, as: UTF8.self)), to: parser)
    }
}
