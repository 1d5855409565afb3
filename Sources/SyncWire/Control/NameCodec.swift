/// The name that people give to a site, an institution or an alliance: not empty, at most 256 bytes.
enum NameCodec {
    static func read(_ reader: inout CBORReader, of what: String) throws(WireError) -> String {
        let name = try reader.readText(max: WireLimits.nameBytesMax, "name of \(what)")
        guard !name.isEmpty else { throw .cannotBeMeant("a \(what) without a name") }
        return name
    }
}
