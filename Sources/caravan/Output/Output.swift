import Foundation
import SyncNode
import Synchronization

/// Results go to standard output, messages to standard error.
enum Output {
    private struct Pending {
        var bytes: [UInt8] = []
        /// The error number of the first write that failed; what comes after that write goes nowhere.
        var failure: Int32?

        mutating func drain() {
            var sent = 0
            while sent < bytes.count, failure == nil {
                let count = bytes.withUnsafeBytes {
                    Foundation.write(STDOUT_FILENO, $0.baseAddress?.advanced(by: sent), bytes.count - sent)
                }
                if count >= 0 { sent += count } else if errno != EINTR { failure = errno }
            }
            bytes.removeAll(keepingCapacity: true)
        }
    }

    private static let pending = Mutex(Pending())

    static func line(_ line: Line) { write(line.text) }

    /// Writes what another program reads as it is written; a terminal, which would obey it, gets it escaped.
    static func script(_ text: String) { write(isTerminal ? Line(lines: text).text : text) }

    static func json(_ json: JSON) { write(json.text) }

    /// Writes a part of a document or a file, to which nothing is added; a terminal, which would obey it, gets it
    /// escaped.
    static func part(_ bytes: some Collection<UInt8>) {
        let shown =
            isTerminal ? Array(Line(lines: String(decoding: bytes, as: UTF8.self)).text.utf8) : Array(bytes)
        pending.withLock { pending in
            pending.bytes += shown
            if pending.bytes.count >= 1 << 16 { pending.drain() }
        }
    }

    static func part(_ text: some StringProtocol) { part(Array(text.utf8)) }

    /// Lines at once on a terminal, blocks elsewhere.
    private static func write(_ text: String) {
        let isTerminal = isTerminal
        pending.withLock { pending in
            pending.bytes += text.utf8
            pending.bytes.append(10)
            if isTerminal || pending.bytes.count >= 1 << 16 { pending.drain() }
        }
    }

    static func error(_ line: Line) { tell(line.text + "\n") }

    static func error(_ json: JSON) { tell(json.text + "\n") }

    /// A line of a picture in characters, dark on light where the terminal knows colours: on a dark one it would be
    /// read for its negative.
    static func picture(_ line: String) {
        tell(isErrorTerminal && mayColour ? "\u{1B}[30;107m\(line)\u{1B}[0m\n" : line + "\n")
    }

    /// A question, whose answer stands behind it.
    static func prompt(_ line: Line) { tell(line.text) }

    /// Puts a line in the place of the terminal's present line.
    static func redraw(_ line: Line) { tell("\r\u{1B}[K" + line.text) }

    private static func tell(_ text: String) {
        let bytes = Array(text.utf8)
        // Where nobody reads messages, nobody is told.
        _ = Foundation.write(STDERR_FILENO, bytes, bytes.count)
    }

    /// Writes what is pending. Throws what could not be written, and why; where the reader has gone, such as head,
    /// there is nobody to tell.
    static func flush() throws(NodeError) {
        let failure = pending.withLock { pending in
            pending.drain()
            return pending.failure
        }
        guard let failure, failure != EPIPE else { return }
        let reason = String(cString: strerror(failure))
        throw NodeError(
            kind: failure == ENOSPC ? .diskFull : .failed,
            message: "the output could not be written (\(reason)), and what is there of it is not all: try again")
    }

    /// Whether somebody still reads standard output: false once it was closed, as `head` does that has enough.
    static var hasReader: Bool { pending.withLock { $0.failure == nil } }

    static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
    static var isErrorTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    /// Bold, on a terminal that is able to and where NO_COLOR does not forbid it.
    static func bold(_ line: Line) -> Line { styled(line, 1) }

    static func warning(_ line: Line) -> Line { styled(line, 33) }

    private static func styled(_ line: Line, _ code: Int) -> Line {
        isTerminal && mayColour ? line.styled(code) : line
    }

    private static var mayColour: Bool {
        (Surroundings.environment["NO_COLOR"] ?? "").isEmpty && Surroundings.environment["TERM"] != "dumb"
    }
}
