import ReplicaModel
import SyncWire

extension RecordReport {
    /// The version of a row together with what is reported of it: the same exactly as long as all its values, and all
    /// sides of all its reports, are.
    package var settlingVersion: String {
        var writer = CBORWriter()
        for value in key { writer.write(value) }
        for name in values.keys.sorted() {
            writer.write(name: name)
            writer.write(values[name] ?? .null)
        }
        for report in reports { report.add(to: &writer) }
        return String(ContentHash.of(writer.bytes).hex.prefix(32))
    }
}

extension ConflictReport {
    fileprivate func add(to writer: inout CBORWriter) {
        writer.write(text: kindName)
        switch kind {
        case .cell(let column, let shown, let candidates):
            writer.write(name: column)
            writer.write(shown)
            for candidate in candidates {
                writer.write(candidate.value)
                if let long = candidate.long { writer.write(.blob(long.hash.bytes)) }
                candidate.write.add(to: &writer)
            }
        case .deletedEdited(let deletes): for write in deletes { write.add(to: &writer) }
        case .kept(let rows):
            for row in rows {
                writer.write(name: row.table)
                for value in row.key { writer.write(value) }
            }
        case .duplicate(let index, let keys):
            writer.write(name: index)
            for value in keys.joined() { writer.write(value) }
        case .invalid(let constraint): writer.write(text: constraint)
        }
    }
}

extension WriteReport {
    fileprivate func add(to writer: inout CBORWriter) {
        writer.write(text: "\(feed)")
        writer.write(unsigned: seq)
    }
}
