import Foundation
import NIOCore

/// The addresses that this machine has now.
package enum OwnAddresses {
    /// Those at which others may reach it: of interfaces that run, without loopback and what holds on one cable only.
    package static var reachable: Set<String> {
        Set(
            NumericHost.ofInterfaces(isIPv4: nil, areRunning: true).filter {
                NumericHost($0).map { !$0.isLoopback } ?? true
            })
    }

    /// Whether `IP:PORT` is at this machine.
    package static func contain(_ address: String) -> Bool {
        guard let found = try? HostPort(address), let host = NumericHost(found.host) else { return false }
        return host.isLoopback || has(host)
    }

    private static func has(_ host: NumericHost) -> Bool {
        NumericHost.ofInterfaces(isIPv4: nil).contains { NumericHost($0)?.plain == host.plain }
    }

    /// Whether it has an address, which some interface that is up names; true where that cannot be told.
    static func contain(_ address: SocketAddress?) -> Bool {
        guard let text = address?.ipAddress, let host = NumericHost(text), !host.isLoopback, !host.isLinkLocal else {
            return true
        }
        return has(host)
    }
}
