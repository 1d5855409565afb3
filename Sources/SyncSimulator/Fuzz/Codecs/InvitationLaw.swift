import ReplicaModel
import SyncWire

/// An invitation that is read is written as it came, but for capitals and white space.
///
/// The first byte says how the others are read: as the line of text, or as what a line holds whose check is right.
enum InvitationLaw {
    static func violation(by bytes: [UInt8]) -> String? {
        var script = FuzzScript(bytes)
        let isContent = script.bool()
        let rest = script.rest()
        let text = isContent ? line(rest) : String(decoding: rest, as: UTF8.self)
        guard let invitation = try? InvitationCodec.decode(text) else { return nil }
        let again = InvitationCodec.encode(invitation)
        if (try? InvitationCodec.decode(again)) != invitation {
            return "an invitation does not decode to what was encoded"
        }
        return Array(again.utf8) == plain(text) ? nil : "an invitation is written otherwise than it was read"
    }

    private static func line(_ content: [UInt8]) -> String {
        "caravan1-" + (content + ContentHash.of(content).bytes.prefix(4)).base32.lowercased()
    }

    private static func plain(_ text: String) -> [UInt8] {
        text.filter { !$0.isWhitespace }.utf8.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }
    }
}
