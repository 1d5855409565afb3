import Foundation
import ReplicaModel
import SyncNode
import Tabular

/// Text that a person gives in a file or on standard input. It is UTF-8 or it is refused: what was repaired would be
/// stored as something that nobody wrote.
enum TextInput {
    /// The text of a file, which may be a pipe; of standard input where it is called `-`.
    static func file(_ path: String) throws(NodeError) -> String {
        guard path != "-" else { return try withoutNUL(try standardInput(), from: "standard input") }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        defer { if descriptor >= 0 { close(descriptor) } }
        guard descriptor >= 0, let bytes = bytes(of: descriptor) else {
            throw NodeError(kind: .usage, message: "\(path) cannot be read: check its name and who may read it")
        }
        return try withoutNUL(try text(bytes, from: path), from: path)
    }

    private static func withoutNUL(_ text: String, from place: String) throws(NodeError) -> String {
        guard let line = line(of: text.utf8.firstIndex(of: 0), in: text) else { return text }
        throw NodeError(
            kind: .usage, message: "line \(line) of \(place) has a NUL character in it: is it a text file in UTF-8?")
    }

    static func standardInput() throws(NodeError) -> String {
        guard let bytes = bytes(of: STDIN_FILENO) else {
            throw NodeError(
                kind: .usage,
                message:
                    """
                    standard input cannot be read (\(String(cString: strerror(errno)))): give what is to be run as \
                    an argument, or in a file behind <
                    """
            )
        }
        return try text(bytes, from: "standard input")
    }

    /// All bytes to the end; nil where they cannot be read.
    private static func bytes(of descriptor: Int32) -> [UInt8]? {
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(descriptor, &block, block.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { return nil }
            guard count > 0 else { return bytes }
            bytes += block[..<count]
        }
    }

    /// Reads a line, without its end; nil at the end of standard input.
    static func nextLine() throws(NodeError) -> String? {
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        var isAtEnd = false
        while byte != 10, !isAtEnd {
            let count = read(STDIN_FILENO, &byte, 1)
            if count < 0, errno == EINTR { continue }
            isAtEnd = count <= 0
            if !isAtEnd { bytes.append(byte) }
        }
        guard !bytes.isEmpty else { return nil }
        if bytes.last == 10 { bytes.removeLast() }
        return try text(bytes, from: "standard input")
    }

    /// A mark of the byte order, with which some editors begin, is no part of the text.
    private static func text(_ bytes: [UInt8], from place: String) throws(NodeError) -> String {
        let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
        if let text = String(validating: content, as: UTF8.self) { return text }
        let likely = TextEncoding.likely(of: bytes).flatMap { $0 == .utf8 ? nil : $0 } ?? .windows1251
        for (index, line) in content.split(separator: 10, omittingEmptySubsequences: false).enumerated()
        where String(validating: line, as: UTF8.self) == nil {
            throw NodeError(
                kind: .usage,
                message:
                    """
                    line \(index + 1) of \(place) is not UTF-8: “\(Value.text(Array(line.prefix(60))).shown)”; convert \
                    the text first, such as with `iconv -f \(likely.name) -t UTF-8`
                    """
            )
        }
        throw NodeError(kind: .usage, message: "\(place) is not UTF-8: convert it first")
    }

    private static func line(of index: String.Index?, in text: String) -> Int? {
        index.map { text.utf8[..<$0].count { $0 == 10 } + 1 }
    }
}
