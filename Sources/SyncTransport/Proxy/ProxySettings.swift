import Foundation

/// The choice of the proxy through which an address is dialled: the one that an admin configured, else that of the
/// environment.
package struct ProxySettings: Sendable {
    private enum Choice: Sendable {
        case direct
        /// A proxy for all addresses but those that are excepted.
        case configured(Proxy)
        /// A proxy for all but those and this machine itself.
        case environment(Proxy)
        case bad(TransportError)
    }

    private let choice: Choice
    private let exceptions: [ProxyException]

    package static let none = ProxySettings(configured: .direct, environment: [:])

    package enum Configured: Hashable, Sendable {
        /// No proxy is configured, so what the environment says holds.
        case unsaid
        case direct
        case proxy(Proxy)
    }

    /// - Parameter environment: of the process: `HTTPS_PROXY` before `ALL_PROXY`, and `NO_PROXY`, each in small letters
    ///   before capitals.
    package init(configured: Configured, environment: [String: String]) {
        func value(_ name: String) -> String? {
            [name.lowercased(), name].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
        }
        exceptions = (value("NO_PROXY") ?? "").split { $0 == "," || $0 == " " }.map { ProxyException($0) }
        switch configured {
        case .direct: choice = .direct
        case .proxy(let proxy): choice = .configured(proxy)
        case .unsaid:
            let named = ["HTTPS_PROXY", "ALL_PROXY"].lazy.compactMap { name in value(name).map { (name, $0) } }.first
            guard let (name, text) = named else {
                choice = .direct
                return
            }
            do throws(Proxy.BadProxy) { choice = .environment(try Proxy(text)) } catch {
                choice = .bad(.badProxy(setting: name, reason: error.reason))
            }
        }
    }

    /// Nil where the address is dialled directly.
    package func proxy(for address: HostPort) throws(TransportError) -> Proxy? {
        switch choice {
        case .direct: return nil
        case .configured(let proxy): return isExcepted(address) ? nil : proxy
        case .environment(let proxy): return address.isLoopback || isExcepted(address) ? nil : proxy
        case .bad(let error):
            guard !address.isLoopback, !isExcepted(address) else { return nil }
            throw error
        }
    }

    private func isExcepted(_ address: HostPort) -> Bool { exceptions.contains { $0.covers(address) } }
}

/// An entry of `NO_PROXY`: `*`, a name for itself and all below it, an IP address, or a range of those such as
/// `10.0.0.0/8`; a name or address may have a port behind it.
struct ProxyException: Sendable {
    private enum Pattern: Sendable {
        case all
        /// The name in small letters, without a dot before it.
        case name(String)
        case range([UInt8], bits: Int)
    }

    private let pattern: Pattern
    private let port: UInt16?

    init(_ text: Substring) {
        var (host, port) = (String(text).lowercased(), UInt16?.none)
        if let read = try? HostPort(host) { (host, port) = (read.host, read.port) }
        if host.first == "[", host.last == "]" { host = String(host.dropFirst().dropLast()) }
        self.port = port
        let parts = host.split(separator: "/", omittingEmptySubsequences: false)
        if host == "*" {
            pattern = .all
        } else if let bytes = NumericHost(String(parts.first ?? ""))?.bytes, parts.count <= 2,
            let bits = parts.count == 2 ? Int(parts[1]) : bytes.count * 8, (0...bytes.count * 8).contains(bits)
        {
            pattern = .range(bytes, bits: bits)
        } else {
            pattern = .name(String(host.drop { $0 == "." }))
        }
    }

    func covers(_ address: HostPort) -> Bool {
        if let port, port != address.port { return false }
        switch pattern {
        case .all: return true
        case .name(let name):
            let host = address.host.lowercased()
            return !name.isEmpty && (host == name || host.hasSuffix("." + name))
        case .range(let bytes, let bits):
            guard let host = NumericHost(address.host)?.bytes, host.count == bytes.count else { return false }
            return (0..<bits).allSatisfy { (host[$0 / 8] ^ bytes[$0 / 8]) & (0x80 >> UInt8($0 % 8)) == 0 }
        }
    }
}
