import ReplicaModel
import SyncSimulator
import Testing

@testable import SyncWire

extension SeededGenerator {
    fileprivate mutating func identifier() -> Identifier { Identifier(name().filter { $0 != "\0" }) }

    fileprivate mutating func table() -> TableDefinition {
        let columns = (0...below(5)).map { number in
            ColumnDefinition(
                name: Identifier("c\(number)"), type: bool() ? "TEXT" : "", isNotNull: bool(),
                defaultExpression: bool() ? nil : "(1 + 2)", collation: bool() ? "BINARY" : "NOCASE")
        }
        let reference = Reference(
            columns: ["c0"], table: "other", onDelete: "CASCADE", onUpdate: "NO ACTION", isDeferred: bool())
        return TableDefinition(
            name: identifier(), columns: columns, key: ["c0"], isStrict: bool(), isWithoutRowid: bool(),
            references: bool() ? [] : [reference])
    }

    fileprivate mutating func operation() -> ControlOperation {
        switch below(6) {
        case 0: .found(name: name(), nonce: bytes(16))
        case 1:
            .admit(
                Admission(
                    site: SiteID(bytes32()), name: name(), role: Role.allCases.randomElement(using: &self)!,
                    institution: bool() ? nil : name(), keepsTime: bool()))
        case 2: .createTable(table())
        case 3:
            .addColumn(
                AddedColumn(
                    table: identifier(),
                    column: ColumnDefinition(
                        name: identifier(), type: "", isNotNull: false, defaultExpression: nil, collation: "BINARY",
                        generated: bool() ? nil : .init(expression: "1", isStored: bool())),
                    reference: nil,
                    checks: bool() ? [] : [CheckDefinition(name: bool() ? nil : identifier(), expression: "1")]))
        case 4: .retire(table: identifier(), column: identifier())
        default:
            .createIndex(
                IndexDefinition(
                    name: identifier(), table: identifier(), isUnique: bool(),
                    parts: [
                        .init(
                            term: bool() ? .column("c0") : .expression("c0 + 1"), collation: "RTRIM",
                            isDescending: bool())
                    ],
                    condition: bool() ? nil : "c0 > 1"))
        }
    }
}

@Suite struct ControlTests {
    @Test("control operations come back as they were, in their order", arguments: 0..<50)
    func roundTrip(seed: Int) throws {
        var random = SeededGenerator(seed)
        let operations = (0..<random.below(8)).map { _ in random.operation() }
        let bytes = ControlCodec.encode(operations)
        #expect(try ControlCodec.decode(bytes) == operations)
        #expect(try ControlCodec.decode(chunks: Chunking.cut(bytes)) == operations)
    }

    @Test("bytes that are accepted are the one encoding of what they say", arguments: 0..<30)
    func altered(seed: Int) {
        var random = SeededGenerator(seed)
        let bytes = ControlCodec.encode([random.operation(), random.operation()])
        for index in bytes.indices {
            var other = bytes
            other[index] ^= UInt8(1 << random.below(8))
            guard let operations = try? ControlCodec.decode(other) else { continue }
            #expect(ControlCodec.encode(operations) == other)
        }
        for count in bytes.indices {
            guard let operations = try? ControlCodec.decode(Array(bytes.prefix(count))) else { continue }
            #expect(ControlCodec.encode(operations).count == count)
        }
    }

    @Test("an operation of newer software waits; nonsense beside it is nonsense")
    func unknown() {
        var random = SeededGenerator(3)
        let known = ControlCodec.encode([random.operation()])
        #expect(throws: WireError.unknownOperation(number: 9)) {
            try ControlCodec.decode(known + [0x82, 9, 0xF6] + known)
        }
        for nonsense: [UInt8] in [
            [0x82, 9, 0xF6, 0x01], [0x82, 9, 0x18, 0x01], [0x82, 9], [0x80], [0x83, 9, 0x9F, 0xFF],
        ] {
            #expect {
                try ControlCodec.decode(known + nonsense)
            } throws: {
                if case WireError.illFormed = $0 { true } else { false }
            }
        }
    }

    @Test("a schema that names nothing, or one thing twice, is ill-formed", arguments: 0..<6)
    func cannotBeMeant(number: Int) {
        let column = { (name: Identifier, collation: String) in
            ColumnDefinition(name: name, type: "", isNotNull: false, defaultExpression: nil, collation: collation)
        }
        func table(_ columns: [ColumnDefinition], key: [Identifier], references: [Reference] = []) -> ControlOperation {
            .createTable(
                TableDefinition(
                    name: "t", columns: columns, key: key, isStrict: false, isWithoutRowid: false,
                    references: references))
        }
        let operation: ControlOperation =
            switch number {
            case 0: table([column("a", "BINARY")], key: [])
            case 1: table([column("a", "BINARY")], key: ["b"])
            case 2: table([column("a", "BINARY"), column("a", "BINARY")], key: ["a"])
            case 3: table([column("a", "MINE")], key: ["a"])
            case 4:
                table(
                    [column("a", "BINARY")], key: ["a"],
                    references: [
                        Reference(columns: ["a"], table: "t", onDelete: "DROP", onUpdate: "CASCADE", isDeferred: false)
                    ])
            default: .createIndex(IndexDefinition(name: "i", table: "t", isUnique: true, parts: []))
            }
        #expect {
            try ControlCodec.decode(ControlCodec.encode([operation]))
        } throws: {
            if case WireError.illFormed = $0 { true } else { false }
        }
    }
}
