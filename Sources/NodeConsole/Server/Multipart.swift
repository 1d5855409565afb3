import Foundation
import Hummingbird
import NIOCore

/// A form that carries a file (RFC 7578), read as it comes: fields first, then one file, whose bytes go to disk and are
/// never held as a whole.
struct Multipart {
    /// Bytes of the whole.
    static let bytesMax = 64 << 20
    /// Bytes of a part's header, and of a field.
    private static let partMax = 64 << 10
    private static let fieldsMax = 64

    private let boundary: [UInt8]
    private var held: [UInt8] = []
    private var total = 0
    private var bytes: RequestBody.AsyncIterator
    private(set) var fields = Form()
    /// The name of the file as the browser tells it.
    private(set) var fileName = ""

    /// Nil where a request carries no such form.
    init?(_ request: Request) {
        guard let type = request.headers[.contentType], type.lowercased().hasPrefix("multipart/form-data"),
            let mark = type.range(of: "boundary=")
        else { return nil }
        let name = type[mark.upperBound...].prefix { $0 != ";" }.trimmingCharacters(in: ["\"", " "])
        guard !name.isEmpty, name.utf8.count <= 200 else { return nil }
        boundary = Array("\r\n--\(name)".utf8)
        bytes = request.body.makeAsyncIterator()
        held = [13, 10]
    }

    /// Reads the fields, up to the file.
    ///
    /// - Returns: whether there is a file; its bytes come next.
    mutating func readFields() async throws -> Bool {
        _ = try await readPart(limit: Self.partMax)
        while true {
            guard try await !isEnd() else { return false }
            let head = try await readHead()
            let name = Self.parameter("name", of: head) ?? ""
            if let file = Self.parameter("filename", of: head) {
                fileName = file
                return true
            }
            // No form of the console has as many fields.
            guard fields.fields.count < Self.fieldsMax else { throw PageError(status: .badRequest, key: "error_form") }
            let value = try await readPart(limit: Self.partMax)
            fields = Form(fields.fields + [(name, String(decoding: value, as: UTF8.self))])
        }
    }

    /// Gives the bytes of the file, bit by bit.
    mutating func readFile(_ take: ([UInt8]) throws -> Void) async throws {
        while true {
            if let end = Self.place(of: boundary, in: held) {
                try take(Array(held[..<end]))
                return
            }
            // The beginning of the boundary may be the end of what is held.
            let safe = held.count - boundary.count
            if safe > 0 {
                try take(Array(held[..<safe]))
                held.removeFirst(safe)
            }
            try await readMore()
        }
    }

    private mutating func readMore() async throws {
        guard let buffer = try await bytes.next() else { throw PageError(status: .badRequest, key: "error_form") }
        total += buffer.readableBytes
        guard total <= Self.bytesMax else { throw PageError(status: .contentTooLarge, key: "error_large") }
        held += Array(buffer.readableBytesView)
    }

    /// The bytes up to the next boundary, which is taken away with them.
    private mutating func readPart(limit: Int) async throws -> [UInt8] {
        while true {
            if let end = Self.place(of: boundary, in: held) {
                let part = Array(held[..<end])
                held.removeFirst(end + boundary.count)
                return part
            }
            guard held.count <= limit else { throw PageError(status: .badRequest, key: "error_form") }
            try await readMore()
        }
    }

    /// Whether the boundary that was read ends the form.
    private mutating func isEnd() async throws -> Bool {
        while held.count < 2 { try await readMore() }
        return held.starts(with: [45, 45])
    }

    private mutating func readHead() async throws -> String {
        let mark: [UInt8] = [13, 10, 13, 10]
        while true {
            if let end = Self.place(of: mark, in: held) {
                let head = String(decoding: held[..<end], as: UTF8.self)
                held.removeFirst(end + 4)
                return head
            }
            guard held.count <= Self.partMax else { throw PageError(status: .badRequest, key: "error_form") }
            try await readMore()
        }
    }

    private static func place(of wanted: [UInt8], in bytes: [UInt8]) -> Int? {
        guard bytes.count >= wanted.count, let first = wanted.first else { return nil }
        var start = 0
        while let found = bytes[start...].firstIndex(of: first), found + wanted.count <= bytes.count {
            if bytes[found..<(found + wanted.count)].elementsEqual(wanted) { return found }
            start = found + 1
        }
        return nil
    }

    /// A parameter of a part's Content-Disposition.
    private static func parameter(_ name: String, of head: String) -> String? {
        let lines = head.split(whereSeparator: \.isNewline)
        guard let line = lines.first(where: { $0.lowercased().hasPrefix("content-disposition:") }),
            let mark = line.range(of: "; \(name)=\"")
        else { return nil }
        return String(line[mark.upperBound...].prefix { $0 != "\"" })
    }
}
