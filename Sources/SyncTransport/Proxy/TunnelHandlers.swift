import Foundation
import NIOCore
import NIOHTTP1

/// Asks an HTTP proxy to connect to a target. Completes `opened`, and takes itself and the codec away before.
final class HTTPTunnelHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart

    let opened: EventLoopPromise<Void>
    private let target: HostPort
    private let credentials: Proxy.Credentials?
    private var hasAsked = false
    private var isWithdrawn = false

    init(to target: HostPort, credentials: Proxy.Credentials?, loop: any EventLoop) {
        self.target = target
        self.credentials = credentials
        opened = loop.makePromise()
    }

    /// Fills the pipeline of a new channel to a proxy.
    ///
    /// - Returns: when the proxy has let us through.
    static func add(
        to channel: any Channel, target: HostPort, credentials: Proxy.Credentials?
    ) throws -> EventLoopFuture<Void> {
        let pipeline = channel.pipeline.syncOperations
        // The decoder sees what was asked, for what answers CONNECT has no body.
        try pipeline.addHandler(HTTPRequestEncoder())
        try pipeline.addHandler(ByteToMessageHandler(HTTPResponseDecoder(leftOverBytesStrategy: .forwardBytes)))
        let handler = HTTPTunnelHandler(to: target, credentials: credentials, loop: channel.eventLoop)
        try pipeline.addHandler(handler)
        return handler.opened.futureResult
    }

    func handlerAdded(context: ChannelHandlerContext) { if context.channel.isActive { ask(context) } }

    func channelActive(context: ChannelHandlerContext) { ask(context) }

    private func ask(_ context: ChannelHandlerContext) {
        guard !hasAsked else { return }
        hasAsked = true
        var head = HTTPRequestHead(version: .http1_1, method: .CONNECT, uri: "\(target)")
        head.headers.add(name: "Host", value: "\(target)")
        if let credentials {
            let text = Data("\(credentials.user):\(credentials.password)".utf8).base64EncodedString()
            head.headers.add(name: "Proxy-Authorization", value: "Basic \(text)")
        }
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        context.read()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): if let failure = failure(head) { opened.fail(failure) }
        case .body: break
        case .end: withdraw(context)
        }
    }

    private func failure(_ head: HTTPResponseHead) -> ProxyFailure? {
        let isPage = head.headers.first(name: "Content-Type")?.lowercased().hasPrefix("text/html") ?? false
        switch head.status.code {
        case 200..<300: return isPage ? .page : nil
        case 407: return unproven(head)
        // What asks people to sign in sends them elsewhere (RFC 6585, section 6: 511).
        case 300..<400, 511: return .page
        default: return .refused(reason: "\(head.status.code) \(String(head.status.reasonPhrase.prefix(80)))")
        }
    }

    /// The failure of a proxy that wants to know who asks: it names the schemes that it takes (RFC 9110, section
    /// 11.7.1).
    private func unproven(_ head: HTTPResponseHead) -> ProxyFailure {
        let schemes = head.headers["Proxy-Authenticate"].compactMap { $0.split(separator: " ").first.map(String.init) }
        guard schemes.isEmpty || schemes.contains(where: { $0.lowercased() == "basic" }) else {
            return .wantsOther(schemes: String(schemes.joined(separator: ", ").prefix(80)))
        }
        return credentials == nil ? .needsCredentials : .badCredentials
    }

    /// Takes this handler and the codec away: what comes from now on is the target's.
    private func withdraw(_ context: ChannelHandlerContext) {
        isWithdrawn = true
        let pipeline = context.pipeline.syncOperations
        do {
            let decoder = try pipeline.context(handlerType: ByteToMessageHandler<HTTPResponseDecoder>.self)
            let encoder = try pipeline.context(handlerType: HTTPRequestEncoder.self)
            let removed = [context, decoder, encoder].map { pipeline.removeHandler(context: $0) }
            EventLoopFuture.andAllSucceed(removed, on: context.eventLoop).cascade(to: opened)
        } catch { opened.fail(error) }
    }

    func channelReadComplete(context: ChannelHandlerContext) { context.read() }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        opened.fail(error is HTTPParserError ? ProxyFailure.notAProxy : error)
    }

    func channelInactive(context: ChannelHandlerContext) { opened.fail(ProxyFailure.notAProxy) }

    func handlerRemoved(context: ChannelHandlerContext) {
        if !isWithdrawn { opened.fail(ProxyFailure.notAProxy) }
    }
}

/// Has a SOCKS proxy connect to a target. Completes `opened`, and takes itself away before.
final class SOCKSTunnelHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    let opened: EventLoopPromise<Void>
    private var dialogue: SOCKSDialogue
    private var hasGreeted = false

    /// Fills the pipeline of a new channel to a proxy.
    ///
    /// - Returns: when the proxy has let us through.
    static func add(
        to channel: any Channel, target: HostPort, credentials: Proxy.Credentials?
    ) throws -> EventLoopFuture<Void> {
        let handler = SOCKSTunnelHandler(to: target, credentials: credentials, loop: channel.eventLoop)
        try channel.pipeline.syncOperations.addHandler(handler)
        return handler.opened.futureResult
    }

    init(to target: HostPort, credentials: Proxy.Credentials?, loop: any EventLoop) {
        dialogue = SOCKSDialogue(target: target, credentials: credentials)
        opened = loop.makePromise()
    }

    func handlerAdded(context: ChannelHandlerContext) { if context.channel.isActive { greet(context) } }

    func channelActive(context: ChannelHandlerContext) { greet(context) }

    private func greet(_ context: ChannelHandlerContext) {
        guard !hasGreeted else { return }
        hasGreeted = true
        say(dialogue.greeting, context)
        context.read()
    }

    private func say(_ bytes: [UInt8], _ context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes)), promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        do throws(ProxyFailure) {
            let words = try dialogue.receive(unwrapInboundIn(data).readableBytesView)
            if !words.isEmpty { say(words, context) }
        } catch { return opened.fail(error) }
        if dialogue.isDone { context.pipeline.syncOperations.removeHandler(context: context).cascade(to: opened) }
    }

    func channelReadComplete(context: ChannelHandlerContext) { context.read() }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { opened.fail(error) }

    func channelInactive(context: ChannelHandlerContext) { opened.fail(ProxyFailure.notAProxy) }

    func handlerRemoved(context: ChannelHandlerContext) {
        if !dialogue.isDone { opened.fail(ProxyFailure.notAProxy) }
    }
}

extension ProxyFailure: Error {}
