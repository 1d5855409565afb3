import Foundation
import ReplicaModel

/// The program that started this one as a service, such as systemd, told how it stands by datagrams as sd_notify(3)
/// says. Nobody is told where there is none, or no more.
final class ServiceManager: Sendable {
    private let descriptor: Int32
    /// The bytes of a `sockaddr_un`, as many as are used.
    private let address: [UInt8]
    /// The time after which a service that has not shown itself alive is ended; nil where nobody waits for that.
    let watchdog: Duration?

    /// Nil where the environment names no manager, or one that cannot be reached as it says.
    init?(environment: [String: String]) {
        guard let path = environment["NOTIFY_SOCKET"], let address = Self.address(of: path) else { return nil }
        #if os(Linux)
            let kind = Int32(SOCK_DGRAM.rawValue)
        #else
            let kind = SOCK_DGRAM
        #endif
        descriptor = socket(AF_UNIX, kind, 0)
        guard descriptor >= 0 else { return nil }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        // A manager that does not read keeps no service from its work.
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
        self.address = address
        watchdog = Self.watchdog(environment)
    }

    deinit { close(descriptor) }

    /// A path, or `@` and a name in the abstract namespace (unix(7)).
    private static func address(of path: String) -> [UInt8]? {
        var name = Array(path.utf8)
        guard name.count > 1, let first = name.first else { return nil }
        let isAbstract = first == UInt8(ascii: "@")
        guard isAbstract || first == UInt8(ascii: "/") else { return nil }
        // What has a path ends with a zero; an abstract name begins with one.
        if isAbstract { name[0] = 0 } else { name.append(0) }
        var whole = sockaddr_un()
        whole.sun_family = sa_family_t(AF_UNIX)
        let offset = MemoryLayout<sockaddr_un>.offset(of: \.sun_path) ?? 2
        guard name.count <= MemoryLayout<sockaddr_un>.size - offset else { return nil }
        return withUnsafeBytes(of: &whole) { Array($0.prefix(offset)) } + name
    }

    /// The time within which the manager wants a word, by the environment that sd_watchdog_enabled(3) reads.
    private static func watchdog(_ environment: [String: String]) -> Duration? {
        guard let microseconds = environment["WATCHDOG_USEC"].flatMap({ Int64($0) }), microseconds > 0 else {
            return nil
        }
        if let process = environment["WATCHDOG_PID"], process != "\(getpid())" { return nil }
        return .microseconds(microseconds)
    }

    /// Sends what stands in one datagram, an assignment a line.
    func tell(_ assignments: [(name: String, value: String)]) {
        let text = assignments.map { "\($0.name)=\(Self.line($0.value))" }.joined(separator: "\n")
        let bytes = Array(text.utf8)
        _ = address.withUnsafeBytes { place in
            place.withMemoryRebound(to: sockaddr.self) { whole in
                sendto(descriptor, bytes, bytes.count, 0, whole.baseAddress, socklen_t(place.count))
            }
        }
    }

    /// A value of one line, which a manager may show, and takes whole.
    private static func line(_ text: String) -> String {
        let line = text.escaped()
        return line.utf8.count <= lineBytesMax ? line : line.prefix(lineBytesMax / 8) + " …"
    }

    private static let lineBytesMax = 1_024
}
