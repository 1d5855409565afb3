import ReplicaModel

/// Control operations to and from bytes: a sequence of arrays, each with the operation's number first.
public enum ControlCodec {
    public static func encode(_ operations: [ControlOperation]) -> [UInt8] {
        var writer = CBORWriter()
        for operation in operations { write(operation, to: &writer) }
        return writer.bytes
    }

    public static func decode(_ bytes: [UInt8]) throws(WireError) -> [ControlOperation] {
        var reader = CBORReader(bytes)
        var out: [ControlOperation] = []
        while !reader.isAtEnd {
            guard out.count < WireLimits.controlOperationsMax else { throw .malformed("too many control operations") }
            out.append(try read(&reader))
        }
        return out
    }

    private static func write(_ operation: ControlOperation, to writer: inout CBORWriter) {
        switch operation {
        case .found(let name, let nonce):
            writer.array(3)
            writer.unsigned(0)
            writer.text(name)
            writer.blob(nonce)
        case .admit(let admission):
            writer.array(6)
            writer.unsigned(1)
            writer.blob(admission.site.bytes)
            writer.text(admission.name)
            writer.text(admission.role.rawValue)
            writer.optional(admission.institution)
            writer.bool(admission.keepsTime)
        case .createTable(let table): SchemaCodec.write(table, to: &writer)
        case .createIndex(let index): SchemaCodec.write(index, to: &writer)
        }
    }

    private static func read(_ reader: inout CBORReader) throws(WireError) -> ControlOperation {
        let count = try reader.array(max: 16)
        let number = try reader.unsigned()
        switch (number, count) {
        case (0, 3):
            let name = try reader.text(max: WireLimits.nameBytesMax)
            return .found(name: name, nonce: try reader.blob(max: 64))
        case (1, 6):
            let site = try FeedCodec.site(&reader)
            let name = try reader.text(max: WireLimits.nameBytesMax)
            guard let role = Role(rawValue: try reader.text(max: 64)) else { throw .malformed("a role is admin, member or reader") }
            let institution = try reader.optionalText(max: WireLimits.nameBytesMax)
            return .admit(
                Admission(site: site, name: name, role: role, institution: institution, keepsTime: try reader.bool()))
        case (2, 7): return .createTable(try SchemaCodec.readTable(&reader))
        case (3, 5): return .createIndex(try SchemaCodec.readIndex(&reader))
        default: throw .malformed("a control operation of number \(number) with \(count) parts is not known")
        }
    }
}

extension CBORWriter {
    mutating func optional(_ text: String?) {
        if let text { self.text(text) } else { null() }
    }

    mutating func texts(_ texts: [String]) {
        array(texts.count)
        for text in texts { self.text(text) }
    }
}

extension CBORReader {
    mutating func optionalText(max limit: Int) throws(WireError) -> String? {
        isNull() ? nil : try text(max: limit)
    }

    mutating func texts(max limit: Int) throws(WireError) -> [String] {
        var out: [String] = []
        for _ in 0..<(try array(max: limit)) { out.append(try text(max: WireLimits.nameBytesMax)) }
        return out
    }
}
