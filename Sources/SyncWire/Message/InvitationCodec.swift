import ReplicaModel

/// An invitation as one line that people copy: `caravan1-` and base32 of its CBOR with four bytes of its hash, so that a letter that was
/// lost on the way is noticed.
public enum InvitationCodec {
    private static let prefix = "caravan1-"

    public static func encode(_ invitation: Invitation) -> String {
        var writer = CBORWriter()
        writer.array(6)
        writer.blob(invitation.alliance.bytes)
        writer.blob(invitation.inviter.bytes)
        writer.text(invitation.name)
        writer.texts(invitation.addresses)
        writer.blob(invitation.secret)
        writer.integer(invitation.expires)
        let bytes = writer.bytes
        return prefix + (bytes + ContentHash.of(bytes).bytes.prefix(4)).base32.lowercased()
    }

    /// Blanks around it and the case of letters do not matter.
    public static func decode(_ code: String) throws(WireError) -> Invitation {
        let line = code.filter { !$0.isWhitespace }.lowercased()
        guard line.hasPrefix(prefix) else { throw .malformed("it does not begin with \(prefix)") }
        guard let all = [UInt8](base32: line.dropFirst(prefix.count)), all.count > 4 else {
            throw .malformed("a character is missing or wrong")
        }
        let bytes = Array(all.dropLast(4))
        guard ContentHash.of(bytes).bytes.prefix(4).elementsEqual(all.suffix(4)) else {
            throw .malformed("a character is missing or wrong")
        }
        var reader = CBORReader(bytes)
        try reader.array(of: 6)
        guard let alliance = Bytes32(try reader.blob(max: 32)) else { throw .malformed("an alliance's id has 32 bytes") }
        let inviter = try FeedCodec.site(&reader)
        let name = try reader.text(max: 64)
        let addresses = try reader.texts(max: 16)
        let secret = try reader.blob(max: 16)
        let expires = try reader.integer()
        try reader.finish()
        guard secret.count == 16, !addresses.isEmpty, !name.isEmpty else { throw .malformed("an address, a name or the secret is missing") }
        return Invitation(
            alliance: alliance, inviter: inviter, name: name, addresses: addresses, secret: secret, expires: expires)
    }
}
