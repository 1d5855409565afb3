import Hummingbird
import NIOCore

/// What is known of a request before it is read: beside what Hummingbird keeps, where it came from.
struct ConsoleContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The address of the browser, without its port.
    let address: String

    init(source: Source) {
        coreContext = .init(source: source)
        address = source.channel.remoteAddress?.ipAddress ?? "local"
    }

    /// A part of the path, decoded; empty where it cannot be.
    func part(_ name: String) -> String { parameters.get(name)?.removingPercentEncoding ?? "" }
}
