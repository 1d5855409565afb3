import Foundation

// Where peers reach what listens on an address.

extension HostPort {
    /// Every address of the machine, `0.0.0.0` or `[::]`, however it is written: one can listen there, and nobody can
    /// dial it.
    package var isWildcard: Bool {
        switch NumericHost(host) {
        case .ipv4(let bytes): bytes.allSatisfy { $0 == 0 }
        case .ipv6(let bytes):
            bytes.allSatisfy { $0 == 0 }
                || bytes.starts(with: NumericHost.mappedPrefix) && bytes.suffix(4).allSatisfy { $0 == 0 }
        case nil: false
        }
    }

    /// The network to which an address belongs, for counting who comes: of IPv6 the first 64 bits, for one machine has
    /// all addresses that begin alike; of IPv4 the address itself, however it is written.
    var network: String {
        switch NumericHost(host) {
        case .ipv6(let bytes) where bytes.starts(with: NumericHost.mappedPrefix):
            bytes.suffix(4).map(String.init).joined(separator: ".")
        case .ipv6(let bytes): bytes.prefix(8).map { String($0, radix: 16) }.joined(separator: ":") + "::/64"
        case .ipv4(let bytes): bytes.map(String.init).joined(separator: ".")
        case nil: host
        }
    }

    /// Reached from the machine itself only.
    package var isLoopback: Bool {
        NumericHost(host)?.isLoopback ?? (host.utf8.map { $0 | 0x20 } == Array("localhost".utf8))
    }

    /// The addresses where peers may dial what listens here: this one, or where it is a wildcard those of the machine's
    /// interfaces as they are now. An address that only this machine reaches is left out unless there is no other.
    package var dialled: [HostPort] {
        let all =
            isWildcard
            ? NumericHost.ofInterfaces(isIPv4: host.utf8.contains(UInt8(ascii: ":")) ? nil : true).map {
                HostPort(host: $0, port: port)
            } : [self]
        let others = all.filter { !$0.isLoopback }
        return others.isEmpty ? all : others
    }
}

/// An IP address in network order.
enum NumericHost {
    case ipv4([UInt8])
    case ipv6([UInt8])

    /// The bytes before an IPv4 address that is written as one of IPv6.
    static let mappedPrefix: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]

    /// Nil for a name. Reads what the system's resolver reads without asking anybody, such as `0` for `0.0.0.0`.
    init?(_ host: String) {
        var hints = addrinfo()
        hints.ai_flags = AI_NUMERICHOST
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, nil, &hints, &found) == 0, let found else { return nil }
        defer { freeaddrinfo(found) }
        guard let address = NumericHost(found.pointee.ai_addr) else { return nil }
        self = address
    }

    init?(_ address: UnsafeMutablePointer<sockaddr>?) {
        guard let address else { return nil }
        switch Int32(address.pointee.sa_family) {
        case AF_INET:
            self = .ipv4(
                address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                    withUnsafeBytes(of: $0.pointee.sin_addr) { Array($0) }
                })
        case AF_INET6:
            self = .ipv6(
                address.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) {
                    withUnsafeBytes(of: $0.pointee.sin6_addr) { Array($0) }
                })
        default: return nil
        }
    }

    var bytes: [UInt8] {
        switch self {
        case .ipv4(let bytes), .ipv6(let bytes): bytes
        }
    }

    var isLoopback: Bool {
        switch self {
        case .ipv4(let bytes): bytes[0] == 127
        case .ipv6(let bytes):
            bytes.dropLast().allSatisfy { $0 == 0 } && bytes[15] == 1
                || bytes.starts(with: Self.mappedPrefix) && bytes[12] == 127
        }
    }

    /// Means something only with the name of an interface.
    var isLinkLocal: Bool {
        switch self {
        case .ipv4(let bytes): bytes[0] == 169 && bytes[1] == 254
        case .ipv6(let bytes): bytes[0] == 0xFE && bytes[1] & 0xC0 == 0x80
        }
    }

    private var isIPv4: Bool { if case .ipv4 = self { true } else { false } }

    /// The bytes of the address, as IPv4 where it is one that is written as one of IPv6.
    var plain: [UInt8] { bytes.starts(with: Self.mappedPrefix) ? Array(bytes.suffix(4)) : bytes }

    /// Addresses of the interfaces that are up, IPv4 first.
    ///
    /// - Parameters:
    ///   - wanted: only those of IPv4, or where nil all.
    ///   - areRunning: only interfaces with a cable or a radio link.
    static func ofInterfaces(isIPv4 wanted: Bool?, areRunning: Bool = false) -> [String] {
        let flags = UInt32(IFF_UP) | (areRunning ? UInt32(IFF_RUNNING) : 0)
        var list: UnsafeMutablePointer<ifaddrs>?
        guard getifaddrs(&list) == 0 else { return [] }
        defer { freeifaddrs(list) }
        var found: [(isIPv4: Bool, text: String)] = []
        var next = list
        while let entry = next?.pointee {
            next = entry.ifa_next
            guard entry.ifa_flags & flags == flags, let host = NumericHost(entry.ifa_addr), !host.isLinkLocal,
                wanted == nil || host.isIPv4 == wanted,
                let text = text(entry.ifa_addr, isIPv4: host.isIPv4), !found.contains(where: { $0.text == text })
            else { continue }
            found.append((host.isIPv4, text))
        }
        return found.filter(\.isIPv4).map(\.text) + found.filter { !$0.isIPv4 }.map(\.text)
    }

    private static func text(_ address: UnsafeMutablePointer<sockaddr>, isIPv4: Bool) -> String? {
        var name = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        let length = socklen_t(isIPv4 ? MemoryLayout<sockaddr_in>.size : MemoryLayout<sockaddr_in6>.size)
        guard getnameinfo(address, length, &name, socklen_t(name.count), nil, 0, NI_NUMERICHOST) == 0 else {
            return nil
        }
        return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
