import ReplicaModel
import SyncSimulator
import Testing

@testable import SyncWire

@Suite struct InvitationTests {
    private func sample(_ seed: Int) -> Invitation {
        var random = SeededGenerator(seed)
        return Invitation(
            alliance: random.bytes32(), inviter: SiteID(random.bytes32()), name: random.name(),
            addresses: (0..<random.below(4)).map { "host\($0).example:4\($0)00" }, secret: random.bytes(16),
            expires: random.integer())
    }

    @Test("an invitation comes back as it was, in either case and with blanks", arguments: 0..<50)
    func roundTrip(seed: Int) throws {
        let invitation = sample(seed)
        let line = InvitationCodec.encode(invitation)
        #expect(line.hasPrefix("caravan1-"))
        #expect(!line.contains { $0.isWhitespace })
        #expect(try InvitationCodec.decode(line) == invitation)
        #expect(try InvitationCodec.decode("  " + line.uppercased() + "\r\n") == invitation)
        #expect(try InvitationCodec.decode(line.prefix(40) + "\n " + line.dropFirst(40)) == invitation)
    }

    @Test("a mistyped character anywhere is noticed", arguments: 0..<5)
    func mistyped(seed: Int) {
        let line = Array(InvitationCodec.encode(sample(seed)))
        for index in line.indices {
            var other = line
            other[index] = other[index] == "a" ? "b" : "a"
            #expect(throws: WireError.self) { try InvitationCodec.decode(String(other)) }
        }
        for count in 0..<line.count {
            #expect(throws: WireError.self) { try InvitationCodec.decode(String(line.prefix(count))) }
        }
    }

    @Test("a letter that Unicode makes a small k of is a wrong character")
    func otherLetters() {
        for seed in 0..<10 {
            let line = InvitationCodec.encode(sample(seed))
            let other = line.prefix(9) + line.dropFirst(9).replacing("k", with: "\u{212A}")
            #expect(other == line || (try? InvitationCodec.decode(String(other))) == nil)
        }
    }

    @Test("a person is told what to do")
    func sentences() {
        func sentence(_ text: String) -> String {
            do {
                _ = try InvitationCodec.decode(text)
                return ""
            } catch WireError.badInvitation(let sentence) { return sentence } catch { return "\(error)" }
        }
        #expect(sentence("hello").contains("begins with caravan1-"))
        #expect(sentence("caravan2-abc").contains("update"))
        #expect(sentence("caravan1-abc").contains("copy it again"))
        let bytes: [UInt8] = [0x80]
        let line = "caravan1-" + (bytes + ContentHash.of(bytes).bytes.prefix(4)).base32
        #expect(sentence(line).contains("ask for a new one"))
    }
}
