import Synchronization

/// Clients that have not shown yet that they belong here, oldest first. There is room for so many; where there is none
/// the oldest gives way, of the network that has most of them: it had its time, and whoever shows it at once gets
/// through however many stand there in silence.
package struct Doorway: Sendable {
    /// The most clients.
    package let clientsMax: Int
    /// The most clients of one network: a campus may be one address.
    package let ofOneNetworkMax: Int

    private var clients: [(number: Int, network: String)] = []

    package init(clientsMax: Int, ofOneNetworkMax: Int) {
        self.clientsMax = clientsMax
        self.ofOneNetworkMax = ofOneNetworkMax
    }

    /// The bounds for those that have not proven a key: a handshake costs some 50 KiB, and takes a few round trips.
    static let ofHandshakes = Doorway(clientsMax: 128, ofOneNetworkMax: 32)

    /// - Returns: the client that must go.
    package mutating func enter(_ number: Int, from network: String) -> Int? {
        clients.append((number, network))
        var counts: [String: Int] = [:]
        for client in clients { counts[client.network, default: 0] += 1 }
        let most = counts.values.max() ?? 0
        guard counts[network] ?? 0 > ofOneNetworkMax || clients.count > clientsMax else { return nil }
        // Of a network with most: this one's own, if its share is full.
        guard let oldest = clients.firstIndex(where: { counts[$0.network] == most }) else { return nil }
        return clients.remove(at: oldest).number
    }

    /// The client has shown that it belongs here, or went.
    package mutating func leave(_ number: Int) { clients.removeAll { $0.number == number } }

    /// Keeps those alone of whom that is still so.
    package mutating func keep(where belongs: (Int) -> Bool) { clients.removeAll { !belongs($0.number) } }
}

/// The doorway of one listener, with the channels of those who stand in it.
final class Handshakes: Sendable {
    private let state = Mutex((doorway: Doorway.ofHandshakes, channels: [Int: SecureChannel](), last: 0))

    /// - Returns: the newcomer's number, and the channel that must give way.
    func begin(_ channel: SecureChannel) -> (number: Int, gone: SecureChannel?) {
        state.withLock { state in
            state.last += 1
            state.channels[state.last] = channel
            let gone = state.doorway.enter(state.last, from: channel.remoteNetwork)
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
