import NIOCore

/// Looks at the first byte that answers a dial, below TLS: what speaks no TLS at all is named for what it is.
final class AnswerCheck: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let address: HostPort
    private var isJudged = false

    init(of address: HostPort) { self.address = address }

    /// Kinds of TLS records (RFC 8446, section 5.1).
    private static let recordTypes: ClosedRange<UInt8> = 20...23

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if !isJudged, let first = unwrapInboundIn(data).readableBytesView.first {
            isJudged = true
            if !Self.recordTypes.contains(first) {
                let start = unwrapInboundIn(data).readableBytesView.prefix(5)
                let isPage = start.elementsEqual("HTTP/".utf8) || first == UInt8(ascii: "<")
                context.fireErrorCaught(TransportError.notTLS(address, isPage: isPage))
            }
        }
        context.fireChannelRead(data)
    }
}
