import Foundation

/// Results go to standard output, messages to standard error.
enum Output {
    /// Through C's own buffer: lines on a terminal, blocks elsewhere.
    static func line(_ text: String) { print(text) }

    static func error(_ text: String) { errorRaw(text + "\n") }

    /// At once, and without a line's end.
    static func errorRaw(_ text: String) {
        let bytes = Array(text.utf8)
        // Where nobody reads messages, nobody is told.
        _ = write(STDERR_FILENO, bytes, bytes.count)
    }

    /// Where the reader has gone there is nobody to tell.
    static func flush() { fflush(nil) }

    static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
    static var isErrorTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    /// Bold, on a terminal and where NO_COLOR does not forbid it.
    static func bold(_ text: String) -> String { colour(text, "1") }

    static func warning(_ text: String) -> String { colour(text, "33") }

    private static func colour(_ text: String, _ code: String) -> String {
        let forbidden = !(ProcessInfo.processInfo.environment["NO_COLOR"] ?? "").isEmpty
        return isTerminal && !forbidden ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}
