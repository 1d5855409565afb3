import Hummingbird
import NIOCore

/// The context of a request: beside what Hummingbird keeps, the address from which it came.
struct ConsoleContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The address of the browser, without its port.
    let address: String

    init(source: Source) {
        coreContext = .init(source: source)
        address = source.channel.remoteAddress?.ipAddress ?? "local"
    }

    /// Whether every part of the path is text.
    var isText: Bool { parameters.allSatisfy { PercentText.decoded($0.value.utf8) != nil } }

    /// A part of the path, decoded; empty where it cannot be.
    func part(_ name: String) -> String { parameters.get(name).flatMap { PercentText.decoded($0.utf8) } ?? "" }
}
