import ReplicaModel

/// The digest of all that an import tells: the same as long as the same rows would be entered, changed and refused, and
/// the same values written over. It grows with every event and is as large as the first.
struct ImportDigest: Sendable {
    private let table: TableDefinition
    private var state: [UInt8] = []

    init(of table: TableDefinition) { self.table = table }

    var text: String { Secret.hash(of: state) }

    mutating func take(_ event: ImportEvent) {
        var bytes = Array(text.utf8)
        switch event {
        case .refused(let one): bytes += Array("refused \(one.line) \(one.column ?? "")".utf8)
        // The row may have come with the same file, under a key that is made anew each time.
        case .alike(let line, _, _): bytes += Array("alike \(line)".utf8)
        case .change(let one):
            bytes += Array("\(one.isInsert ? "new" : "changed") \(one.line)".utf8)
            one.key.forEach { Self.add($0, to: &bytes) }
            for cell in one.cells {
                bytes += Array(" \(cell.column) ".utf8)
                Self.add(cell.old, to: &bytes)
                if !isMadeAnew(cell.column) { Self.add(cell.new, to: &bytes) }
            }
        case .notice: return
        }
        state = bytes
    }

    /// Whether a column may refer to a row of the same file, whose key is made when it is written.
    private func isMadeAnew(_ column: String) -> Bool {
        table.references.contains { reference in
            reference.table.isSame(as: table.name)
                && reference.columns.contains { $0.isSame(as: Identifier(column)) }
        }
    }

    private static func add(_ value: Value, to bytes: inout [UInt8]) {
        switch value {
        case .null: bytes += Array("n".utf8)
        case .integer(let integer): bytes += Array("i\(integer);".utf8)
        case .real(let real): bytes += Array("r\(real.bitPattern);".utf8)
        case .text(let text): bytes += Array("t\(text.count);".utf8) + text
        case .blob(let blob): bytes += Array("b\(blob.count);".utf8) + blob
        }
    }
}
