/// The form of a server's log, and how much stands in it.
public struct LogOptions: Sendable {
    /// The form of a line.
    public enum Format: String, Sendable, CaseIterable {
        /// `TIME LEVEL: MESSAGE`; for a journal `<N>MESSAGE`, where N is the priority of syslog(3).
        case text
        /// An object a line: `level`, `message`, `time`, and `leftOut` where lines like it were.
        case json
    }

    /// The weights of lines, the least first.
    public enum Level: String, Sendable, CaseIterable {
        case trace, debug, info, notice, warning, error
    }

    /// The form of each line.
    public var format: Format
    /// The least weight that is written.
    public var level: Level

    /// Makes options: without any, texts from notices up.
    public init(format: Format = .text, level: Level = .notice) {
        self.format = format
        self.level = level
    }
}
