import NIOConcurrencyHelpers
import NIOCore

/// The connections that are open, by address, and the addresses from which somebody has signed in.
final class Crowd: Sendable {
    private struct State {
        var open: [String: Int] = [:]
        var trusted: Set<String> = []
    }

    private let state = NIOLockedValueBox(State())

    /// Connections of an address from which nobody has signed in.
    static let strangerMax = 8
    /// More addresses than that sign in at no console.
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

/// Closes a connection at once where its address has too many, and later where no request comes on it.
final class ConnectionGate: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = NIOAny
    typealias InboundOut = NIOAny

    private let crowd: Crowd
    private var address: String?
    private var patience: Scheduled<Void>?

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
        let channel = context.channel
        patience = context.eventLoop.scheduleTask(in: .seconds(Self.patienceSeconds)) { channel.close(promise: nil) }
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        patience?.cancel()
        patience = nil
        context.fireChannelRead(data)
    }

    func channelInactive(context: ChannelHandlerContext) {
        patience?.cancel()
        if let address { crowd.leave(address) }
        address = nil
        context.fireChannelInactive()
    }
}
