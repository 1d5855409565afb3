import ReplicaModel

/// The operations of changesets of scope `control`: a sequence of arrays that begin with an operation number.
public enum ControlCodec {
    enum Number {
        static let found: UInt64 = 0, admit: UInt64 = 1, createTable: UInt64 = 2, createIndex: UInt64 = 3
        static let addColumn: UInt64 = 4, retire: UInt64 = 5
    }

    /// In the given order, which is kept: an operation may need one before it.
    public static func encode(_ operations: [ControlOperation]) -> [UInt8] {
        var writer = CBORWriter()
        for operation in operations { writer.write(operation) }
        return writer.bytes
    }

    /// As `decode(_:)`, of the chunks of a changeset.
    public static func decode(chunks: [[UInt8]]) throws(WireError) -> [ControlOperation] {
        guard chunks.count <= WireLimits.controlBytesMax / WireLimits.chunkBytes else {
            throw .illFormed("control operations of more than \(WireLimits.controlBytesMax) bytes")
        }
        return try decode(Chunking.join(chunks))
    }

    /// Throws `.illFormed` if the author signed nonsense, which makes the changeset void; else `.unknownOperation` if newer
    /// software wrote it, which makes it wait.
    public static func decode(_ bytes: [UInt8]) throws(WireError) -> [ControlOperation] {
        guard bytes.count <= WireLimits.controlBytesMax else {
            throw .illFormed("control operations of more than \(WireLimits.controlBytesMax) bytes")
        }
        var reader = CBORReader(bytes)
        var operations: [ControlOperation] = []
        var unknown: UInt64?
        do {
            while !reader.isAtEnd {
                switch try reader.readControlOperation() {
                case .known(let operation): operations.append(operation)
                case .unknown(let number): unknown = unknown ?? number
                }
            }
        } catch {
            throw .illFormed("control operation \(operations.count + 1): \(error)")
        }
        if let unknown { throw .unknownOperation(number: unknown) }
        return operations
    }
}

private enum ControlItem {
    case known(ControlOperation)
    case unknown(UInt64)
}

extension CBORWriter {
    fileprivate mutating func write(_ operation: ControlOperation) {
        switch operation {
        case .found(let name, let nonce):
            beginArray(3)
            write(unsigned: ControlCodec.Number.found)
            write(text: name)
            write(bytes: nonce)
        case .admit(let admission):
            beginArray(6)
            write(unsigned: ControlCodec.Number.admit)
            write(admission.site.key)
            write(text: admission.name)
            write(text: admission.role.rawValue)
            write(optional: admission.institution)
            write(bool: admission.keepsTime)
        case .createTable(let table): write(table)
        case .createIndex(let index): write(index)
        case .addColumn(let added): write(added)
        case .retire(let table, let column):
            beginArray(3)
            write(unsigned: ControlCodec.Number.retire)
            write(name: table)
            write(name: column)
        }
    }

    mutating func write(optional text: String?) {
        if let text { write(text: text) } else { writeNull() }
    }
}

extension CBORReader {
    fileprivate mutating func readControlOperation() throws(WireError) -> ControlItem {
        let start = offset
        let count = try readArray(max: 64, "operation")
        guard count > 0 else { throw .wrongKind(offset: start, expected: "an operation number") }
        let number = try readUnsigned()
        let expected: Int
        switch number {
        case ControlCodec.Number.found: expected = 3
        case ControlCodec.Number.admit: expected = 6
        case ControlCodec.Number.createTable: expected = 8
        case ControlCodec.Number.createIndex: expected = 6
        case ControlCodec.Number.addColumn: expected = 5
        case ControlCodec.Number.retire: expected = 3
        default:
            for _ in 1..<count { try skipItem(inside: 1) }
            return .unknown(number)
        }
        guard count == expected else { throw .wrongKind(offset: start, expected: "an array of \(expected)") }
        switch number {
        case ControlCodec.Number.found:
            return .known(.found(name: try readName("alliance"), nonce: try readBytes(max: 64, "nonce")))
        case ControlCodec.Number.admit: return .known(.admit(try readAdmission()))
        case ControlCodec.Number.createTable: return .known(.createTable(try readTableDefinition()))
        case ControlCodec.Number.createIndex: return .known(.createIndex(try readIndexDefinition()))
        case ControlCodec.Number.addColumn: return .known(.addColumn(try readAddedColumn()))
        default: return .known(.retire(table: try readIdentifier(), column: try readIdentifier()))
        }
    }

    /// What people call something: not empty, at most 256 bytes.
    mutating func readName(_ what: String) throws(WireError) -> String {
        let name = try readText(max: WireLimits.nameBytesMax, "name of \(what)")
        guard !name.isEmpty else { throw .cannotBeMeant("a \(what) without a name") }
        return name
    }

    private mutating func readAdmission() throws(WireError) -> Admission {
        let site = try readSite()
        let name = try readName("site")
        guard let role = Role(rawValue: try readText(max: 16, "role")) else { throw .cannotBeMeant("a role that there is not") }
        let institution = try readNullIfPresent() ? nil : try readName("institution")
        return Admission(site: site, name: name, role: role, institution: institution, keepsTime: try readBool())
    }
}
