import ReplicaModel
import SyncWire
import Testing

@testable import SyncSimulator

@Suite("The laws of codecs")
struct CodecLawTests {
    @Test(
        "The second reading of CBOR is RFC 8949's",
        arguments: [
            ([0x17], 1), ([0x18, 0x18], 2), ([0x18, 0x17], nil), ([0x19, 0x00, 0xFF], nil),
            ([0x1B, 0, 0, 0, 1, 0, 0, 0, 0], 9), ([0x61, 0x61], 2),
            ([0x61, 0xFF], nil), ([0x42, 0x00], nil), ([0x9F, 0xFF], nil), ([0x82, 0x01, 0x02], 3),
            ([0xA2, 0x01, 0x00, 0x02, 0x00], 5),
            ([0xA2, 0x02, 0x00, 0x01, 0x00], nil), ([0xA2, 0x01, 0x00, 0x01, 0x00], nil), ([0xF9, 0x3C, 0x00], 3),
            ([0xF9, 0x7E, 0x00], nil),
            ([0xFA, 0x3F, 0x80, 0x00, 0x00], nil), ([0xFA, 0x3D, 0xCC, 0xCC, 0xCD], 5),
            ([0xFA, 0x33, 0x80, 0x00, 0x00], nil), ([0xF8, 0x1F], nil),
            ([0xFB, 0x3F, 0xB9, 0x99, 0x99, 0x99, 0x99, 0x99, 0x9A], 9), ([0xFB, 0x3F, 0xF0, 0, 0, 0, 0, 0, 0], nil),
            ([0xC1, 0x00], nil), ([], nil),
            ([0xF7], nil), ([0xF6], 1), ([0xF9, 0x80, 0x00], nil), ([0xD9, 0x5D, 0xC0, 0x41, 0xFF], 5),
            ([0xD9, 0x5D, 0xC0, 0x41, 0x61], nil), ([0xC2, 0x41, 0x01], nil),
        ] as [([UInt8], Int?)])
    func reference(bytes: [UInt8], end: Int?) {
        #expect(PlainCBOR.end(of: bytes, from: 0) == end)
        #expect(CBORLaw.violation(by: bytes) == nil)
    }

    @Test("Sixteen containers are read, and seventeen are not")
    func nesting() {
        let deep = [UInt8](repeating: 0x81, count: 16) + [0x00]
        #expect(PlainCBOR.end(of: deep, from: 0) == 17)
        #expect(PlainCBOR.end(of: [0x81] + deep, from: 0) == nil)
    }

    @Test("The law of streams sees an item that pieces lose, and a refusal that they miss")
    func streams() {
        let chunk = StreamLaw.Item(item: .chunk([1]), skipped: 0)
        let whole = StreamLaw.Reading(items: [chunk], code: nil)
        #expect(StreamLaw.violation(of: whole, whole) == nil)
        #expect(StreamLaw.violation(of: whole, .init(items: [], code: nil)) != nil)
        #expect(StreamLaw.violation(of: whole, .init(items: [chunk], code: .badMessage)) != nil)
        #expect(
            StreamLaw.violation(of: .init(items: [], code: .badFrame), .init(items: [chunk], code: .badFrame)) == nil,
            "zstd gives up what it had")
        let other = StreamLaw.Item(item: .chunk([2]), skipped: 0)
        #expect(
            StreamLaw.violation(of: .init(items: [other], code: .badFrame), .init(items: [chunk], code: .badFrame))
                != nil)
    }

    @Test("A frame that compresses nothing is one that zstd reads")
    func rawFrame() {
        let signed = FuzzCorpus.author.sealed[0].incoming
        var script = FuzzScript([])
        let plain = PeerChangeset(changeset: signed).plain(&script)
        let reading = StreamLaw.read(RawFrame.of(plain), inPiecesOf: 7)
        #expect(reading.code == nil)
        #expect(reading.items.map(\.item) == [.header(signed.header)] + signed.chunks.map { .chunk($0) })
    }
}
