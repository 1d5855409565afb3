import ArgumentParser
import Foundation
import SyncNode

/// The one place where an error becomes a sentence and an exit status.
struct ErrorReport {
    let name: String
    let message: String
    let status: Int32
    let isJSON: Bool

    /// - Parameter path: the command whose words were not understood, if they were not.
    init(_ error: any Error, isJSON: Bool, of path: CommandPath = CommandPath([])) {
        self.isJSON = isJSON
        if let error = error as? NodeError {
            (name, message, status) = (error.name, error.message, Self.status(of: error.kind))
        } else if let code = error as? ExitCode {
            (name, message, status) = ("", "", code.rawValue)
        } else if Caravan.exitCode(for: error).isSuccess {
            let english = Caravan.fullMessage(for: error)
            (name, message, status) = ("", HelpPage.text(for: english, of: path.words) ?? english, 0)
        } else {
            (name, status) = ("usage", 2)
            // The parser's own report has several lines.
            let sentence = Caravan.message(for: error).replacing("\n  - ", with: " ")
            let plain = sentence.hasSuffix(".") ? String(sentence.dropLast()) : sentence
            message =
                Self.hasNumberBelowZero(path.words)
                ? """
                \(plain) (`\(path.text) --help` shows what it takes; words that begin with a dash stand behind `--`)
                """
                : "\(plain) (`\(path.text) --help` shows what it takes)"
        }
    }

    /// Whether a number below zero stands where it is taken for an option.
    private static func hasNumberBelowZero(_ words: [String]) -> Bool {
        words.prefix { $0 != "--" }.contains { $0.first == "-" && $0.dropFirst().first?.isNumber ?? false }
    }

    /// The part of the message that a person reads: what was named may be as long as an argument can be.
    private var shownMessage: String {
        message.count <= Self.charactersMax
            ? message : message.prefix(Self.charactersMax / 2) + " … " + message.suffix(Self.charactersMax / 2)
    }

    private static let charactersMax = 4_000

    /// The exit status of an error, as README lists them: 2 wrong usage, wrong SQL, a schema, or what is not
    /// there; 3 a peer; 4 the replica or its disk; 5 what this node may not do, or a key that others may read.
    static func status(of kind: NodeError.Kind) -> Int32 {
        switch kind {
        case .usage, .wrongSQL, .schema, .notFound: 2
        case .unreachable, .refused: 3
        case .damaged, .locked, .diskFull, .disk, .newerFormat, .readOnly, .notAReplica, .missing, .failed: 4
        case .noRight, .exposedKey: 5
        }
    }

    /// Writes it where it belongs, and returns the status to end with.
    func write() -> Int32 {
        guard !message.isEmpty else { return status }
        if status == 0 {
            Output.line(Line(lines: message))
            try? Output.flush()
        } else if isJSON {
            Output.error(
                JSON.object([
                    ("error", .string(name)), ("message", .string(shownMessage)), ("exit", .integer(Int64(status))),
                ]))
        } else {
            Output.error("caravan: \(Speech.said(shownMessage))")
        }
        return status
    }
}
