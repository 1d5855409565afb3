import Foundation
import NIOCore
import SyncProtocol

extension PeerConnection {
    /// The state of the connection; nil where it is closed, or the system does not tell.
    package var reach: LinkState? {
        get async {
            #if os(Linux)
                guard let provider = channel as? any SocketOptionProvider,
                    let facts = try? await provider.getTCPInfo().get()
                else { return nil }
                return LinkState(
                    silence: Int64(facts.tcpi_last_ack_recv), isOwed: facts.tcpi_unacked > 0,
                    isAtHome: OwnAddresses.contain(channel.localAddress))
            #else
                return nil
            #endif
        }
    }
}
