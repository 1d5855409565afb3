import NIOConcurrencyHelpers
import NIOCore
import NIOHTTPTypes

/// The connections that are open, by address, and the addresses from which somebody has signed in.
final class Crowd: Sendable {
    private struct State {
        var open: [String: Int] = [:]
        var trusted: Set<String> = []
    }

    private let state = NIOLockedValueBox(State())

    /// Connections of an address from which nobody has signed in.
    static let strangerMax = 8
    /// The most addresses that are trusted: more sign in at no console.
    private static let trustedMax = 256

    /// Counts a connection.
    ///
    /// - Returns: whether it may stay.
    func enter(_ address: String) -> Bool {
        state.withLockedValue { state in
            let count = state.open[address, default: 0] + 1
            state.open[address] = count
            return count <= Self.strangerMax || state.trusted.contains(address)
        }
    }

    func leave(_ address: String) {
        state.withLockedValue { state in
            let count = state.open[address, default: 1] - 1
            state.open[address] = count > 0 ? count : nil
        }
    }

    func trust(_ address: String) {
        state.withLockedValue { state in
            if state.trusted.count >= Self.trustedMax { state.trusted.removeAll() }
            state.trusted.insert(address)
        }
    }
}

/// Closes a connection at once where its address has too many, and later where a request does not come, or goes on
/// coming after it was answered.
final class ConnectionGate: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let crowd: Crowd
    private var address: String?
    private var patience: Scheduled<Void>?
    /// Whether a request has begun to come, and not come whole.
    private var isComing = false

    init(crowd: Crowd) { self.crowd = crowd }

    /// Seconds for which a request may take to come.
    static let patienceSeconds: Int64 = 30

    func channelActive(context: ChannelHandlerContext) {
        let address = context.remoteAddress?.ipAddress ?? "local"
        self.address = address
        if !crowd.enter(address) {
            context.close(promise: nil)
            return
        }
        wait(context)
        context.fireChannelActive()
    }

    private func wait(_ context: ChannelHandlerContext) {
        patience?.cancel()
        let channel = context.channel
        patience = context.eventLoop.scheduleTask(in: .seconds(Self.patienceSeconds)) { channel.close(promise: nil) }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head:
            isComing = true
            patience?.cancel()
        case .body: break
        case .end:
            isComing = false
            patience?.cancel()
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        // What comes of a request that was answered already is read for a while, so that the answer is read too.
        if case .end = unwrapOutboundIn(data), isComing { wait(context) }
        context.write(data, promise: promise)
    }

    func channelInactive(context: ChannelHandlerContext) {
        patience?.cancel()
        if let address { crowd.leave(address) }
        address = nil
        context.fireChannelInactive()
    }
}
