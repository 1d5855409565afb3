import ReplicaModel
import SyncSimulator
import Testing

@testable import SyncWire

@Suite struct KeyTests {
    @Test("the first test vector of RFC 8032, section 7.1")
    func vector() throws {
        let key = try SigningKey(
            rawRepresentation: [UInt8](hex: "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")!)
        #expect(key.site.hex == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
        let signature = [UInt8](
            hex: "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
                + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b")!
        #expect(SignatureCheck.isValid(signature, of: [], by: key.site))
        #expect(!SignatureCheck.isValid(signature, of: [0], by: key.site))
    }

    @Test("a signature is of one message by one site")
    func signatures() throws {
        let key = SigningKey()
        let again = try SigningKey(rawRepresentation: key.rawRepresentation)
        #expect(again.site == key.site)
        let signature = again.sign([1, 2, 3])
        #expect(signature.count == 64)
        #expect(SignatureCheck.isValid(signature, of: [1, 2, 3], by: key.site))
        #expect(!SignatureCheck.isValid(signature, of: [1, 2, 4], by: key.site))
        #expect(!SignatureCheck.isValid(signature, of: [1, 2, 3], by: SigningKey().site))
        #expect(!SignatureCheck.isValid(Array(signature.dropLast()), of: [1, 2, 3], by: key.site))
        #expect(!SignatureCheck.isValid(signature, of: [1, 2, 3], by: SiteID(.zero)))
    }

    @Test(
        "a key for which anybody can sign, or that is a second spelling of another, is nobody's",
        arguments: [
            "0000000000000000000000000000000000000000000000000000000000000000",
            "0000000000000000000000000000000000000000000000000000000000000080",
            "0100000000000000000000000000000000000000000000000000000000000000",
            "0100000000000000000000000000000000000000000000000000000000000080",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
            "f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        ])
    func smallOrder(hex: String) throws {
        let site = try #require(SiteID(hex: hex))
        #expect(!site.isKey)
        // R = A, s = 0: for a key of small order that holds for one message in eight or more.
        let signature = site.bytes + [UInt8](repeating: 0, count: 32)
        for number in 0..<64 { #expect(!SignatureCheck.isValid(signature, of: [UInt8(number)], by: site)) }
        var header = CBORWriter()
        FeedID(site: site, incarnation: .first, scope: .alliance).write(to: &header)
        var reader = CBORReader(header.bytes)
        #expect(throws: WireError.self) { try FeedID(from: &reader) }
    }

    @Test("keys whose bytes only resemble those are keys", arguments: 0..<200)
    func keys(seed: Int) throws {
        var random = SeededGenerator(seed)
        let key = try SigningKey(rawRepresentation: random.bytes(32))
        #expect(key.site.isKey)
        #expect(try #require(SiteID(hex: "ebffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")).isKey)
        #expect(try #require(SiteID(hex: "0200000000000000000000000000000000000000000000000000000000000000")).isKey)
    }

    @Test("a key of the wrong length is refused", arguments: [0, 31, 33])
    func badKey(count: Int) {
        #expect(throws: WireError.badKey(byteCount: count)) {
            try SigningKey(rawRepresentation: [UInt8](repeating: 1, count: count))
        }
    }

    @Test("a hash in pieces is the hash of the whole")
    func hashes() {
        #expect(
            ContentHash.of(Array("abc".utf8)).hex == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        var running = RunningHash()
        running.update([0x61])
        ([0x62, 0x63] as [UInt8]).withUnsafeBytes { running.update($0) }
        #expect(running.finish() == ContentHash.of(Array("abc".utf8)))
        #expect(ContentHash.of(Array("xabcx".utf8)[1..<4]) == running.finish())
    }
}
