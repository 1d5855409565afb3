import ReplicaModel

/// An invitation as one line of text: `caravan1-` and base32 of its CBOR and the first 4 bytes of that CBOR's SHA-256.
package enum InvitationCodec {
    private static let prefix = "caravan1-"
    private static let checkBytes = 4
    /// `HOST:PORT`; a host name has at most 253 bytes.
    private static let addressBytesMax = 260
    private static let addressesMax = 64

    package static func encode(_ invitation: Invitation) -> String {
        var writer = CBORWriter()
        writer.beginArray(6)
        writer.write(invitation.alliance)
        writer.write(invitation.inviter.key)
        writer.write(text: invitation.name)
        writer.write(texts: invitation.addresses)
        writer.write(bytes: invitation.secret)
        writer.write(integer: invitation.expires)
        return prefix + (writer.bytes + check(writer.bytes)).base32.lowercased()
    }

    /// Reads an invitation in capitals or small letters. Blanks and line ends that mail or a terminal put anywhere in
    /// it are skipped. The error's sentence tells a person what to do.
    package static func decode(_ text: String) throws(WireError) -> Invitation {
        // Capitals of ASCII only: other letters that Unicode makes small ones of these are wrong characters.
        let small = text.filter { !$0.isWhitespace }.utf8.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }
        let line = String(decoding: small, as: UTF8.self)
        guard line.hasPrefix(prefix) else {
            throw .badInvitation(
                line.hasPrefix("caravan")
                    ? "This invitation is of another version: update the software on both sides."
                    : "This is not an invitation: one begins with \(prefix)")
        }
        guard let bytes = [UInt8](base32: line.dropFirst(prefix.count)), bytes.count > checkBytes,
            check(bytes.dropLast(checkBytes)) == Array(bytes.suffix(checkBytes))
        else { throw .badInvitation("The invitation is not whole, or a character is wrong: copy it again.") }
        do {
            return try read(Array(bytes.dropLast(checkBytes)))
        } catch {
            throw .badInvitation("The invitation cannot be understood: ask for a new one.")
        }
    }

    private static func check(_ bytes: some Collection<UInt8>) -> [UInt8] {
        Array(ContentHash.of(Array(bytes)).bytes.prefix(checkBytes))
    }

    private static func read(_ bytes: [UInt8]) throws(WireError) -> Invitation {
        var reader = CBORReader(bytes)
        try reader.readArray(exactly: 6)
        let invitation = Invitation(
            alliance: try reader.readBytes32(), inviter: try SiteID(from: &reader),
            name: try NameCodec.read(&reader, of: "site"),
            addresses: try reader.readMany(max: addressesMax) { reader throws(WireError) in
                try reader.readText(max: addressBytesMax, "address")
            },
            secret: try readSecret(&reader), expires: try reader.readInteger())
        try reader.finish()
        return invitation
    }

    static func readSecret(_ reader: inout CBORReader) throws(WireError) -> [UInt8] {
        let secret = try reader.readBytes(max: FrameLimits.secretBytes, "secret")
        guard secret.count == FrameLimits.secretBytes else {
            throw .cannotBeMeant("a secret has \(FrameLimits.secretBytes) bytes")
        }
        return secret
    }
}
