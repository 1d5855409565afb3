import NIOCore
import NIOPosix
import NIOSSL
import ReplicaModel

/// A channel with TLS and frames, whose handshake may be under way.
struct SecureChannel: Sendable {
    let opened: EventLoopPromise<SiteID>
    let handler: NIOLoopBound<ConnectionHandler>
    private let channel: any Channel
    private let role: ConnectionHandler.Role
    private let traffic: Traffic

    private init(_ channel: any Channel, _ handler: ConnectionHandler) {
        self.channel = channel
        self.handler = NIOLoopBound(handler, eventLoop: channel.eventLoop)
        opened = handler.opened
        traffic = handler.traffic
        role = handler.role
    }

    /// Fills the pipeline of a new channel, on its event loop.
    ///
    /// - Parameter traffic: the counters of the `MeterHandler` that was added before.
    init(
        on channel: any Channel, identity: TransportIdentity, role: ConnectionHandler.Role, traffic: Traffic
    ) throws {
        let handler = ConnectionHandler(role: role, traffic: traffic, loop: channel.eventLoop)
        self.init(channel, handler)
        let pipeline = channel.pipeline.syncOperations
        let verify: NIOSSLCustomVerificationCallback = { certificates, verdict in
            do throws(TransportError) {
                _ = try provenSite(by: certificates, expected: role.expected)
                verdict.succeed(.certificateVerified)
            } catch {
                handler.refusal = error
                verdict.succeed(.failed)
            }
        }
        do {
            if role.isDialler {
                if let address = role.address { try pipeline.addHandler(AnswerCheck(of: address)) }
                try pipeline.addHandler(
                    NIOSSLClientHandler(
                        context: identity.client, serverHostname: nil, customVerificationCallback: verify))
            } else {
                try pipeline.addHandler(
                    NIOSSLServerHandler(context: identity.server, customVerificationCallback: verify))
            }
            try pipeline.addHandler(handler)
        } catch {
            handler.opened.fail(error)
            throw error
        }
    }

    /// The network of the other side; empty where it is none of the internet.
    var remoteNetwork: String { HostPort(of: channel.remoteAddress)?.network ?? "" }

    /// Ends a handshake, or closes whose handshake is complete already.
    func refuse(_ error: TransportError) {
        opened.fail(error)
        close()
    }

    /// Closes the channel at once, whether its handshake is complete or not.
    func close() {
        channel.eventLoop.execute { [handler] in handler.value.abort() }
    }

    /// The connection to `peer`, which `opened` has named.
    ///
    /// - Parameter address: as it was dialled.
    func connection(to peer: SiteID, at address: HostPort? = nil) -> PeerConnection {
        PeerConnection(
            peer: peer, dialled: address, remoteAddress: HostPort(of: channel.remoteAddress)?.description ?? "unknown",
            isDialler: role.isDialler, frameBytesMax: role.frameBytesMax, channel: channel, handler: handler,
            traffic: traffic)
    }
}

/// Bytes on their way through one connection.
final class Traffic: Sendable {
    /// Bytes of frames with their lengths, before encryption.
    let sent = Counter()
    let received = Counter()
    /// Bytes of all that went through the socket, TLS and its handshake included.
    let wireSent = Counter()
    let wireReceived = Counter()
    private let tally: WireTally?

    /// - Parameter tally: counts them, too, with those of other connections.
    init(tally: WireTally? = nil) { self.tally = tally }

    func wentThrough(_ count: Int) {
        wireSent.add(count)
        tally?.add(count)
    }

    func cameThrough(_ count: Int) {
        wireReceived.add(count)
        tally?.add(count)
    }
}
