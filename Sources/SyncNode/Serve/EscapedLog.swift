import Logging
import ReplicaModel

/// The log of a node, on standard error. What peers and tables bring into it is escaped, so that nothing in it acts on
/// the terminal that shows it.
struct EscapedLog: LogHandler {
    private var stream: StreamLogHandler

    init(label: String) { stream = StreamLogHandler.standardError(label: label) }

    var logLevel: Logger.Level {
        get { stream.logLevel }
        set { stream.logLevel = newValue }
    }

    var metadata: Logger.Metadata {
        get { stream.metadata }
        set { stream.metadata = newValue.mapValues(Self.escaped) }
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { stream[metadataKey: key] }
        set { stream[metadataKey: key] = newValue.map(Self.escaped) }
    }

    func log(event: LogEvent) {
        var event = event
        event.message = "\(event.message.description.escaped())"
        event.metadata = event.metadata?.mapValues(Self.escaped)
        if let error = event.error {
            event.message = "\(event.message) (\("\(error)".escaped()))"
            event.error = nil
        }
        stream.log(event: event)
    }

    private static func escaped(_ value: Logger.Metadata.Value) -> Logger.Metadata.Value {
        .string("\(value)".escaped())
    }
}
