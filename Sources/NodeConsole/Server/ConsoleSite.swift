import Foundation
import NIOConcurrencyHelpers
import NIOCore
import SyncNode

/// The place at which a console is reached: the address on which it listens, the names by which it may be called, and
/// whether it speaks TLS.
struct ConsoleSite: Sendable {
    let host: String
    let port: Int
    let isSecure: Bool
    /// Whether it listens on every address of the machine.
    private let isEverywhere: Bool
    private let beginningHost: String
    private let known: NIOLockedValueBox<Set<String>>

    init(host: String, port: Int, isSecure: Bool, names: [String]) {
        self.host = host
        self.port = port
        self.isSecure = isSecure
        isEverywhere = host == "0.0.0.0" || host == "::"
        beginningHost = isEverywhere ? names.first ?? "localhost" : host
        known = NIOLockedValueBox([])
        take(names: names)
    }

    /// Values that `Host` may have, in small letters. Any other is of a page that only pretends to be this console.
    var authorities: Set<String> { known.withLockedValue { $0 } }

    /// Takes other names by which the console may be called, beside its address.
    func take(names: [String]) {
        var hosts = [host] + names
        if Self.isLoopback(host) || isEverywhere { hosts += ["localhost", "127.0.0.1", "::1"] }
        let standard = isSecure ? 443 : 80
        let found = hosts.flatMap { host -> [String] in
            let shown = host.contains(":") ? "[\(host)]" : host.lowercased()
            return port == standard ? [shown, "\(shown):\(port)"] : ["\(shown):\(port)"]
        }
        known.withLockedValue { $0 = Set(found) }
    }

    /// Whether only programs of this machine reach an address.
    static func isLoopback(_ host: String) -> Bool {
        host == "localhost" || host == "::1" || host.hasPrefix("127.") && host.split(separator: ".").count == 4
    }

    private var scheme: String { isSecure ? "https" : "http" }

    /// The beginning of a link to this console.
    var beginning: String {
        let shown = beginningHost.contains(":") ? "[\(beginningHost)]" : beginningHost
        return "\(scheme)://\(shown):\(port)"
    }

    /// Whether a request may call this console so. Where it listens on every address, any that is written in digits is
    /// its own: a name that somebody else made lead here is never one.
    func isOwn(authority: String?) -> Bool {
        guard let authority = authority?.lowercased() else { return false }
        if authorities.contains(authority) { return true }
        guard isEverywhere, authority.hasSuffix(":\(port)") else { return false }
        let host = authority.dropLast("\(port)".count + 1)
        let digits = host.hasPrefix("[") && host.hasSuffix("]") ? host.dropFirst().dropLast() : host
        return (try? SocketAddress(ipAddress: String(digits), port: port)) != nil
    }

    /// Whether a form comes from a page of this console, as the request calls it.
    func isOwn(origin: String?, of authority: String?) -> Bool {
        guard let origin, let authority, isOwn(authority: authority) else { return false }
        return origin.lowercased() == "\(scheme)://\(authority.lowercased())"
    }

    /// The name of the cookie: consoles on several ports of one machine share their browsers' cookies.
    var cookieName: String { isSecure ? "__Host-caravan-\(port)" : "caravan-\(port)" }
}
