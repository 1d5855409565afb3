import NIOConcurrencyHelpers
import NIOCore
import NIOHTTPTypes

/// The connections that are open, by address, and the addresses from which somebody is signed in.
final class Crowd: Sendable {
    private struct State {
        var open: [String: Int] = [:]
        /// The sessions of each address, each with the moment of its last request.
        var trusted: [String: [String: Int64]] = [:]

        mutating func leave(_ session: String) {
            for address in trusted.keys { trusted[address]?[session] = nil }
            trusted = trusted.filter { !$0.value.isEmpty }
        }
    }

    private let state = NIOLockedValueBox(State())

    /// Connections of an address from which nobody has signed in.
    static let strangerMax = 8
    /// The most addresses that are trusted: more sign in at no console.
    private static let trustedMax = 256

    /// Counts a connection.
    ///
    /// - Parameter now: milliseconds since 1970.
    /// - Returns: whether it may stay.
    func enter(_ address: String, now: Int64) -> Bool {
        state.withLockedValue { state in
            let count = state.open[address, default: 0] + 1
            state.open[address] = count
            guard count > Self.strangerMax else { return true }
            return state.trusted[address]?.values.contains { now - $0 < BrowserSessions.idleMax } ?? false
        }
    }

    func leave(_ address: String) {
        state.withLockedValue { state in
            let count = state.open[address, default: 1] - 1
            state.open[address] = count > 0 ? count : nil
        }
    }

    /// Lets an address have more connections as long as a session from there is alive.
    ///
    /// - Parameter now: milliseconds since 1970.
    func trust(_ address: String, of session: String, now: Int64) {
        state.withLockedValue { state in
            // Who moves to another address leaves the one before.
            if state.trusted[address]?[session] == nil { state.leave(session) }
            if state.trusted.count >= Self.trustedMax { state.trusted.removeAll() }
            state.trusted[address, default: [:]][session] = now
        }
    }

    /// Takes back what an address has by a session that ended.
    func distrust(_ session: String) { state.withLockedValue { $0.leave(session) } }
}

/// Closes a connection at once where its address has too many or more is asked for than is answered, and later where a
/// request does not come, or goes on coming after it was answered, or where nobody reads the answer.
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
    /// Requests that have begun to come, and are not answered whole.
    private var unanswered = 0
    private var watch: Scheduled<Void>?
    /// Bytes that were to be sent at the last look at them.
    private var unsent = 0

    init(crowd: Crowd) { self.crowd = crowd }

    /// Seconds for which a request may take to come.
    static let patienceSeconds: Int64 = 30
    /// Seconds between two looks at what is to be sent: where not a byte went in between, nobody reads it.
    static let stallSeconds: Int64 = 30
    /// Requests that may come before the first of them is answered. No browser sends a second one.
    static let unansweredMax = 16

    func channelActive(context: ChannelHandlerContext) {
        let address = context.remoteAddress?.ipAddress ?? "local"
        self.address = address
        if !crowd.enter(address, now: Clock.now) {
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
            unanswered += 1
            if unanswered > Self.unansweredMax {
                context.close(promise: nil)
                return
            }
        case .body: break
        case .end:
            isComing = false
            patience?.cancel()
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        // What comes of a request that was answered already is read for a while, so that the answer is read too.
        if case .end = unwrapOutboundIn(data) {
            unanswered -= 1
            if isComing { wait(context) }
        }
        context.write(data, promise: promise)
        if watch == nil { look(context, after: 0) }
    }

    /// Looks again in a while whether anything of what is to be sent went out.
    ///
    /// - Parameter unsent: bytes that are to be sent now.
    private func look(_ context: ChannelHandlerContext, after unsent: Int) {
        self.unsent = unsent
        let channel = context.channel
        watch = context.eventLoop.assumeIsolated().scheduleTask(in: .seconds(Self.stallSeconds)) { [weak self] in
            guard let self else { return }
            self.watch = nil
            guard channel.isActive,
                let left = try? channel.syncOptions?.getOption(.bufferedWritableBytes), left > 0
            else { return }
            if left == self.unsent { channel.close(promise: nil) } else { self.look(context, after: left) }
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        patience?.cancel()
        watch?.cancel()
        if let address { crowd.leave(address) }
        address = nil
        context.fireChannelInactive()
    }
}
