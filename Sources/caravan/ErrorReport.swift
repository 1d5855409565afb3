import ArgumentParser
import Foundation
import SyncNode

/// The one place where an error becomes a sentence and an exit status.
struct ErrorReport {
    let name: String
    let message: String
    let status: Int32
    let isJSON: Bool
    /// The words were not understood.
    private let isParsing: Bool

    init(_ error: any Error, isJSON: Bool) {
        self.isJSON = isJSON
        isParsing = !(error is NodeError || error is ExitCode)
        if let error = error as? NodeError {
            (name, message, status) = (error.name, error.message, Self.status(of: error.kind))
        } else if let code = error as? ExitCode {
            (name, message, status) = ("", "", code.rawValue)
        } else if Caravan.exitCode(for: error).isSuccess {
            (name, message, status) = ("", Caravan.fullMessage(for: error), 0)
        } else {
            (name, status) = ("usage", 2)
            message = isJSON ? Caravan.message(for: error) : Caravan.fullMessage(for: error)
        }
    }

    /// The table of CLI statuses: 2 wrong usage or wrong SQL, 3 a peer, 4 the replica, 5 not allowed.
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
            Output.error(JSON.object([("error", .string(name)), ("message", .string(message)), ("exit", .integer(Int64(status)))]))
        } else {
            // ArgumentParser's own messages say what they are, in several lines.
            Output.error(isParsing && message.hasPrefix("Error") ? Line(lines: message) : isParsing ? "caravan: \(Line(lines: message))" : "caravan: \(message)")
        }
        return status
    }
}
