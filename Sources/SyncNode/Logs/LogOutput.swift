import Foundation
import Logging
import ReplicaModel
import SyncEngine
import Synchronization

/// The place to which all lines of one server's log go: standard error, in the form that was asked for, and the file of
/// last lines in the node's folder.
final class LogOutput: Sendable {
    private struct State {
        var pace: LogPace
        var file: LogFile
    }

    private let options: LogOptions
    /// Whether standard error is a journal's, which stamps lines by itself and reads their priority.
    private let isJournal: Bool
    private let state: Mutex<State>

    /// - Parameter environment: of this process; systemd names the journal in it.
    init(_ options: LogOptions, home: NodeHome, environment: [String: String] = ProcessInfo.processInfo.environment) {
        self.options = options
        isJournal = Self.isJournal(environment["JOURNAL_STREAM"])
        state = Mutex(State(pace: LogPace(at: Clocks.now.steady), file: LogFile(in: home)))
    }

    deinit { flush(isLast: true) }

    /// - Parameter stream: `DEVICE:INODE` of what the journal reads (systemd.exec(5)).
    private static func isJournal(_ stream: String?) -> Bool {
        var facts = stat()
        guard let stream, fstat(STDERR_FILENO, &facts) == 0 else { return false }
        return stream == "\(facts.st_dev):\(facts.st_ino)"
    }

    var logger: Logger {
        var logger = Logger(label: "caravan", factory: { _ in NodeLog(output: self) })
        logger.logLevel = Logger.Level(rawValue: options.level.rawValue) ?? .notice
        return logger
    }

    /// Writes a line, unless the same was said a moment ago.
    func write(_ message: String, _ level: Logger.Level) {
        let now = Clocks.now
        state.withLock { state in
            guard case .write(let repeats, let others) = state.pace.verdict(on: message, level, at: now.steady) else {
                return
            }
            if others > 0 {
                put(Line(level: .warning, message: "lines of other kinds were left out", leftOut: others), &state, now)
            }
            put(Line(level: level, message: message, leftOut: repeats), &state, now)
        }
    }

    /// Says what was left out, once its minute is over; to be called every few seconds.
    ///
    /// - Parameter isLast: everything is said, for nothing comes after.
    func flush(isLast: Bool = false) {
        let now = Clocks.now
        state.withLock { state in
            for (line, level, repeats) in state.pace.overdue(at: now.steady, all: isLast) {
                put(Line(level: level, message: line, leftOut: repeats), &state, now)
            }
        }
    }

    private struct Line {
        let level: Logger.Level
        let message: String
        /// Lines like it that were not written.
        let leftOut: Int

        var text: String { leftOut > 0 ? "\(message) (\(leftOut) more like it were left out)" : message }
    }

    private func put(_ line: Line, _ state: inout State, _ now: Moment) {
        let time = Date(timeIntervalSince1970: Double(now.wall) / 1000).ISO8601Format(
            Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        let plain = "\(time) \(line.level.rawValue): \(line.text)"
        let shown =
            switch options.format {
            case .json: Self.object(line, time: time)
            case .text: isJournal ? "<\(Self.priority(line.level))>\(line.text)" : plain
            }
        let bytes = Array((shown + "\n").utf8)
        // Where nobody reads the log, nobody is told.
        _ = Foundation.write(STDERR_FILENO, bytes, bytes.count)
        state.file.append(plain)
    }

    private struct JSONLine: Encodable {
        let level: String
        let message: String
        let time: String
        let leftOut: Int?
    }

    private static func object(_ line: Line, time: String) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let object = JSONLine(
            level: line.level.rawValue, message: line.message, time: time,
            leftOut: line.leftOut > 0 ? line.leftOut : nil)
        return (try? encoder.encode(object)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }

    /// The priority of a level, as syslog(3) numbers it.
    private static func priority(_ level: Logger.Level) -> Int {
        switch level {
        case .critical: 2
        case .error: 3
        case .warning: 4
        case .notice: 5
        case .info: 6
        case .debug, .trace: 7
        }
    }
}

extension NodeHome {
    /// The log of a part of a server that has a log of its own: on standard error, in the form that was asked for, and
    /// in the file of last lines.
    public func logger(_ options: LogOptions) -> Logger { LogOutput(options, home: self).logger }
}

/// The log of a node. What peers and tables bring into it is escaped, so that nothing in it acts on what shows it, or
/// looks like a line of its own.
private struct NodeLog: LogHandler {
    let output: LogOutput
    var logLevel: Logger.Level = .notice
    var metadata: Logger.Metadata = [:]

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let facts = metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }
        var text = event.message.description
        for (key, value) in facts { text += " \(key)=\(value)" }
        if let error = event.error { text += " (\(error))" }
        output.write(Self.bounded(text.escaped()), event.level)
    }

    /// A peer may say a great deal.
    private static func bounded(_ text: String) -> String {
        text.utf8.count <= bytesMax ? text : text.prefix(bytesMax / 8) + " …"
    }

    private static let bytesMax = 4_096
}
