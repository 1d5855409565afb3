import Foundation
import SyncTransport
import Synchronization

/// The settings of a node that are in force. A server takes up others while it runs.
final class Settings: Sendable {
    private struct State {
        var configuration: Configuration
        var proxies: ProxySettings
        var onChange: @Sendable () -> Void = {}
    }

    private let state: Mutex<State>

    init(_ configuration: Configuration) {
        state = Mutex(State(configuration: configuration, proxies: Self.proxies(of: configuration)))
    }

    private static func proxies(of configuration: Configuration) -> ProxySettings {
        configuration.proxies(environment: ProcessInfo.processInfo.environment)
    }

    var configuration: Configuration { state.withLock { $0.configuration } }

    /// The choice of the proxy through which peers are dialled.
    var proxies: ProxySettings { state.withLock { $0.proxies } }

    /// Puts others in force from now on.
    func replace(with configuration: Configuration) {
        let tell = state.withLock { state in
            (state.configuration, state.proxies) = (configuration, Self.proxies(of: configuration))
            return state.onChange
        }
        tell()
    }

    /// Has `change` called whenever others come into force; one at a time is.
    func watch(_ change: @escaping @Sendable () -> Void) { state.withLock { $0.onChange = change } }
}
