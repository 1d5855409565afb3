import ReplicaModel

/// The operations of changesets of scope `control`: a sequence of arrays that begin with an operation number.
package enum ControlCodec {
    enum Number {
        static let found: UInt64 = 0, admit: UInt64 = 1, createTable: UInt64 = 2, createIndex: UInt64 = 3
        static let addColumn: UInt64 = 4, retire: UInt64 = 5, cut: UInt64 = 6, release: UInt64 = 7
    }

    /// Writes operations in the given order, which is kept: an operation may need one before it.
    package static func encode(_ operations: [ControlOperation]) -> [UInt8] {
        var writer = CBORWriter()
        for operation in operations { write(operation, to: &writer) }
        return writer.bytes
    }

    /// Reads the operations of a changeset's chunks, as `decode(_:)` does.
    package static func decode(chunks: [[UInt8]]) throws(WireError) -> [ControlOperation] {
        guard chunks.count <= WireLimits.controlBytesMax / WireLimits.cutBytes + 1 else {
            throw .illFormed("control operations of more than \(WireLimits.controlBytesMax) bytes")
        }
        return try decode(Chunking.join(chunks))
    }

    /// Reads operations. Throws `.illFormed` if the author signed nonsense, which makes the changeset void; else
    /// `.unknownOperation` if newer software wrote it, which makes it wait.
    package static func decode(_ bytes: [UInt8]) throws(WireError) -> [ControlOperation] {
        guard bytes.count <= WireLimits.controlBytesMax else {
            throw .illFormed("control operations of more than \(WireLimits.controlBytesMax) bytes")
        }
        var reader = CBORReader(bytes)
        var operations: [ControlOperation] = []
        var unknown: UInt64?
        do {
            while !reader.isAtEnd {
                switch try read(&reader) {
                case .known(let operation): operations.append(operation)
                case .unknown(let number): unknown = unknown ?? number
                }
            }
        } catch {
            throw .illFormed("control operation \(operations.count + 1): \(error.sentence)")
        }
        if let unknown { throw .unknownOperation(number: unknown) }
        return operations
    }
}

extension ControlCodec {
    private enum Item {
        case known(ControlOperation)
        case unknown(UInt64)
    }

    private static func write(_ operation: ControlOperation, to writer: inout CBORWriter) {
        switch operation {
        case .found(let name, let nonce):
            writer.beginArray(3)
            writer.write(unsigned: Number.found)
            writer.write(text: name)
            writer.write(bytes: nonce)
        case .admit(let admission): admission.write(to: &writer)
        case .createTable(let table): table.write(to: &writer)
        case .createIndex(let index): index.write(to: &writer)
        case .addColumn(let added): added.write(to: &writer)
        case .retire(let table, let column):
            writer.beginArray(3)
            writer.write(unsigned: Number.retire)
            writer.write(name: table)
            writer.write(name: column)
        case .cut(let cut):
            writer.beginArray(4)
            writer.write(unsigned: Number.cut)
            writer.write(cut.site.key)
            writer.write(optional: cut.role?.rawValue)
            HeadsCodec.write(cut.ends.heads, to: &writer)
        case .release(let release):
            writer.beginArray(3)
            writer.write(unsigned: Number.release)
            writer.write(release.site.key)
            HeadsCodec.write(release.ends.heads, to: &writer)
        }
    }

    private static func read(_ reader: inout CBORReader) throws(WireError) -> Item {
        let start = reader.offset
        let count = try reader.readArray(max: 64, "operation")
        guard count > 0 else { throw .wrongKind(offset: start, expected: "an operation number") }
        let number = try reader.readUnsigned()
        guard let expected = itemCount(of: number) else {
            for _ in 1..<count { try reader.skipItem(inside: 1) }
            return .unknown(number)
        }
        guard count == expected else { throw .wrongKind(offset: start, expected: "an array of \(expected)") }
        return .known(try readOperation(number, &reader))
    }

    /// The items of an operation with this number; nil if newer software knows it.
    private static func itemCount(of number: UInt64) -> Int? {
        switch number {
        case Number.found: 3
        case Number.admit: 6
        case Number.createTable: 8
        case Number.createIndex: 6
        case Number.addColumn: 5
        case Number.retire: 3
        case Number.cut: 4
        case Number.release: 3
        default: nil
        }
    }

    private static func readOperation(
        _ number: UInt64, _ reader: inout CBORReader
    ) throws(WireError) -> ControlOperation {
        switch number {
        case Number.found:
            .found(
                name: try NameCodec.read(&reader, of: "alliance"), nonce: try reader.readBytes(max: 64, "nonce"))
        case Number.admit: .admit(try Admission(from: &reader))
        case Number.createTable: .createTable(try TableDefinition(from: &reader))
        case Number.createIndex: .createIndex(try IndexDefinition(from: &reader))
        case Number.addColumn: .addColumn(try AddedColumn(from: &reader))
        case Number.cut: .cut(try Cut(from: &reader))
        case Number.release: .release(try Release(from: &reader))
        default: .retire(table: try Identifier(from: &reader), column: try Identifier(from: &reader))
        }
    }
}

extension Admission {
    fileprivate func write(to writer: inout CBORWriter) {
        writer.beginArray(6)
        writer.write(unsigned: ControlCodec.Number.admit)
        writer.write(site.key)
        writer.write(text: name)
        writer.write(text: role.rawValue)
        writer.write(optional: institution)
        writer.write(bool: keepsTime)
    }

    /// Reads what stands behind the operation number.
    fileprivate init(from reader: inout CBORReader) throws(WireError) {
        let site = try SiteID(from: &reader)
        let name = try NameCodec.read(&reader, of: "site")
        guard let role = Role(rawValue: try reader.readText(max: 16, "role")) else {
            throw .cannotBeMeant("a role that there is not")
        }
        let institution = try reader.readNullIfPresent() ? nil : try NameCodec.read(&reader, of: "institution")
        self.init(site: site, name: name, role: role, institution: institution, keepsTime: try reader.readBool())
    }
}

extension FeedEnds {
    /// Reads heads of feeds of one site.
    fileprivate init(of site: SiteID, from reader: inout CBORReader) throws(WireError) {
        let heads = try HeadsCodec.read(&reader)
        guard heads.keys.allSatisfy({ $0.site == site }) else {
            throw .cannotBeMeant("the feed of another site")
        }
        self.init(heads)
    }
}

extension Cut {
    /// Reads what stands behind the operation number.
    fileprivate init(from reader: inout CBORReader) throws(WireError) {
        let site = try SiteID(from: &reader)
        var role: Role?
        if try !reader.readNullIfPresent() {
            role = Role(rawValue: try reader.readText(max: 16, "role"))
            guard let role, role != .admin else { throw .cannotBeMeant("a role that is no lesser right") }
        }
        self.init(site: site, role: role, ends: try FeedEnds(of: site, from: &reader))
    }
}

extension Release {
    /// Reads what stands behind the operation number.
    fileprivate init(from reader: inout CBORReader) throws(WireError) {
        let site = try SiteID(from: &reader)
        self.init(site: site, ends: try FeedEnds(of: site, from: &reader))
    }
}
