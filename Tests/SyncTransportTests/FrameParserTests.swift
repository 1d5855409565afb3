import NIOCore
import SyncSimulator
import Testing

@testable import SyncTransport

@Suite struct FrameParserTests {
    @Test("frames cut anywhere arrive whole and in order", arguments: 0..<50)
    func cutAnywhere(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let frames = (0..<20).map { _ in
            (0..<Int.random(in: 1...300, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
        }
        var stream = ByteBuffer()
        for frame in frames { stream.write(frame: frame) }
        var parser = FrameParser(frameBytesMax: 300)
        var found: [[UInt8]] = []
        while stream.readableBytes > 0 {
            let size = min(stream.readableBytes, Int.random(in: 1...200, using: &random))
            let slice = stream.readSlice(length: size)
            var piece = try #require(slice)
            while let frame = try parser.take(from: &piece) { found.append(frame) }
            #expect(piece.readableBytes == 0)
        }
        #expect(found == frames)
        #expect(parser.unfinished == nil)
    }

    @Test(
        "a length above the limit is refused before a byte of the payload is taken", arguments: [11, 4096, 0xFFFF_FFFF])
    func tooLarge(length: Int) throws {
        var parser = FrameParser(frameBytesMax: 10)
        var input = ByteBuffer()
        input.writeInteger(UInt32(length))
        input.writeBytes([1, 2, 3])
        #expect(throws: TransportError.frameTooLarge(found: length, limit: 10)) { try parser.take(from: &input) }
        #expect(input.readableBytes == 3)
    }

    @Test("a frame of the limit itself passes")
    func atLimit() throws {
        var parser = FrameParser(frameBytesMax: 10)
        var input = ByteBuffer()
        input.write(frame: [UInt8](repeating: 7, count: 10))
        #expect(try parser.take(from: &input) == [UInt8](repeating: 7, count: 10))
    }

    @Test("a frame of no bytes is refused")
    func empty() throws {
        var parser = FrameParser(frameBytesMax: 10)
        var input = ByteBuffer(bytes: [0, 0, 0, 0])
        #expect(throws: TransportError.emptyFrame) { try parser.take(from: &input) }
    }

    @Test("the parser knows how much of a frame is there")
    func unfinished() throws {
        var parser = FrameParser(frameBytesMax: 10)
        var header = ByteBuffer(bytes: [0, 0])
        #expect(try parser.take(from: &header) == nil)
        #expect(try #require(parser.unfinished) == (2, 4))
        var more = ByteBuffer(bytes: [0, 5, 1, 2])
        #expect(try parser.take(from: &more) == nil)
        #expect(try #require(parser.unfinished) == (6, 9))
    }
}
