import Foundation

/// A socket as a service manager has it, on which a service tells how it stands.
final class ManagerSocket {
    /// The name by which a service finds it.
    let name: String
    private let descriptor: Int32
    private(set) var told: [String] = []

    /// - Parameter isAbstract: the name is in the abstract namespace, and not a path in `folder`.
    init(in folder: URL, isAbstract: Bool = false) throws {
        let path = isAbstract ? "@caravan-\(UUID().uuidString)" : folder.appendingPathComponent("notify").path
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        var bytes = Array(path.utf8)
        if isAbstract { bytes[0] = 0 }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let made = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        var patience = timeval(tv_sec: 60, tv_usec: 0)
        setsockopt(made, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        let size = socklen_t(2 + bytes.count + (isAbstract ? 0 : 1))
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(made, $0, size) }
        }
        guard made >= 0, bound == 0 else { throw CocoaError(.fileWriteUnknown) }
        (name, descriptor) = (path, made)
    }

    deinit { close(descriptor) }

    /// Reads what is told until a message has `words`; nil where that does not come.
    func message(with words: String) -> String? {
        var room = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = recv(descriptor, &room, room.count, 0)
            guard count > 0 else { return nil }
            let message = String(decoding: room.prefix(count), as: UTF8.self)
            told.append(message)
            if message.contains(words) { return message }
        }
    }
}
