import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import Testing

@testable import NodeConsole

/// Connections on which bytes come slowly or without end, by a clock of the test's own.
@Suite("The patience of the console")
struct PatienceTests {
    private let later = TimeAmount.seconds(ConnectionGate.patienceSeconds + 1)

    private func open(_ crowd: Crowd = Crowd()) throws -> EmbeddedChannel {
        let channel = EmbeddedChannel(handler: ConnectionGate(crowd: crowd))
        try channel.connect(to: try SocketAddress(ipAddress: "127.0.0.1", port: 7480)).wait()
        return channel
    }

    private let head = HTTPRequestPart.head(
        HTTPRequest(method: .post, scheme: "http", authority: "127.0.0.1", path: "/import"))

    @Test("a connection on which no request comes is closed")
    func nothing() throws {
        let channel = try open()
        channel.embeddedEventLoop.advanceTime(by: later)
        #expect(!channel.isActive)
    }

    @Test("a request that goes on coming after it was answered is read no longer than that")
    func answered() throws {
        let channel = try open()
        try channel.writeInbound(head)
        try channel.writeOutbound(HTTPResponsePart.head(HTTPResponse(status: .unauthorized)))
        try channel.writeOutbound(HTTPResponsePart.end(nil))
        try channel.writeInbound(HTTPRequestPart.body(ByteBuffer(string: "a")))
        channel.embeddedEventLoop.advanceTime(by: later)
        #expect(!channel.isActive)
    }

    @Test("a connection on which a request came whole stays for the next one")
    func whole() throws {
        let channel = try open()
        try channel.writeInbound(head)
        try channel.writeInbound(HTTPRequestPart.end(nil))
        try channel.writeOutbound(HTTPResponsePart.end(nil))
        channel.embeddedEventLoop.advanceTime(by: later)
        #expect(channel.isActive)
    }

    @Test("the connections of an address from which nobody signed in are closed from the ninth on")
    func crowd() throws {
        let crowd = Crowd()
        let open = try (0..<Crowd.strangerMax).map { _ in try self.open(crowd) }
        #expect(try !self.open(crowd).isActive)
        try open[0].close().wait()
        #expect(try self.open(crowd).isActive)
    }

    /// Makes bytes of what is answered, as what stands below does.
    private final class Encoder: ChannelOutboundHandler {
        typealias OutboundIn = HTTPResponsePart
        typealias OutboundOut = ByteBuffer

        func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
            context.write(wrapOutboundOut(ByteBuffer(string: "some bytes")), promise: promise)
        }
    }

    @Test("a connection of which nobody reads the answer is closed, and one that is read slowly stays")
    func unread() throws {
        for isRead in [false, true] {
            let channel = EmbeddedChannel(handlers: [Encoder(), ConnectionGate(crowd: Crowd())])
            try channel.connect(to: try SocketAddress(ipAddress: "127.0.0.1", port: 7480)).wait()
            try channel.writeInbound(head)
            try channel.writeInbound(HTTPRequestPart.end(nil))
            channel.write(HTTPResponsePart.head(HTTPResponse(status: .ok)), promise: nil)
            for _ in 0..<6 {
                channel.embeddedEventLoop.advanceTime(by: .seconds(ConnectionGate.stallSeconds))
                if isRead, channel.isActive { channel.write(HTTPResponsePart.body(ByteBuffer()), promise: nil) }
            }
            #expect(channel.isActive == isRead)
        }
    }

    @Test("a connection on which more is asked for than is answered is closed")
    func pipelined() throws {
        let channel = try open()
        for _ in 0..<100 {
            try channel.writeInbound(head)
            try channel.writeInbound(HTTPRequestPart.end(nil))
            try channel.writeOutbound(HTTPResponsePart.end(nil))
        }
        #expect(channel.isActive)
        for _ in 0...ConnectionGate.unansweredMax {
            try channel.writeInbound(head)
            try channel.writeInbound(HTTPRequestPart.end(nil))
        }
        #expect(!channel.isActive)
    }
}
