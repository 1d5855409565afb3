import Synchronization

/// Clients that have not proven a key yet, oldest first. There is room for so many; where there is none the oldest
/// gives way, of the address that has most of them: it had its time, and whoever proves a key at once gets through
/// however many stand there in silence.
struct Doorway {
    /// At most: a handshake costs some 50 KiB, and takes a few round trips.
    static let clientsMax = 128
    /// A campus may be one address.
    static let clientsOfOneAddressMax = 32

    private var clients: [(number: Int, address: String)] = []

    /// - Returns: the client that must go.
    mutating func enter(_ number: Int, from address: String) -> Int? {
        clients.append((number, address))
        var counts: [String: Int] = [:]
        for client in clients { counts[client.address, default: 0] += 1 }
        let most = counts.values.max() ?? 0
        guard counts[address] ?? 0 > Self.clientsOfOneAddressMax || clients.count > Self.clientsMax else { return nil }
        // Of an address with most: this one's own, if its share is full.
        guard let oldest = clients.firstIndex(where: { counts[$0.address] == most }) else { return nil }
        return clients.remove(at: oldest).number
    }

    /// A key was proven, or the client went.
    mutating func leave(_ number: Int) { clients.removeAll { $0.number == number } }
}

/// The doorway of one listener, with the channels of those who stand in it.
final class Handshakes: Sendable {
    private let state = Mutex((doorway: Doorway(), channels: [Int: SecureChannel](), last: 0))

    /// - Returns: the newcomer's number, and the channel that must give way.
    func begin(_ channel: SecureChannel) -> (number: Int, gone: SecureChannel?) {
        state.withLock { state in
            state.last += 1
            state.channels[state.last] = channel
            let gone = state.doorway.enter(state.last, from: channel.remoteHost)
            return (state.last, gone.flatMap { state.channels.removeValue(forKey: $0) })
        }
    }

    func end(_ number: Int) {
        state.withLock { state in
            state.channels[number] = nil
            state.doorway.leave(number)
        }
    }
}
