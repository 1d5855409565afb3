import ReplicaModel
import SyncNode

/// Tells people of a changeset.
enum LogText {
    /// The most rows that are shown of a changeset: more would bury the next one.
    static let operationsMax = 8

    static func lines(_ report: ChangesetReport, _ names: SiteNames) -> [Line] {
        let name = names.name(of: report.feed.site)
        var out = [
            Output.bold("\(name) \(report.seq)")
                + "  \(Times.local(report.stamp.milliseconds))  \(report.hash.hex.prefix(12))"
        ]
        switch report.standing {
        case .counts: break
        case .void(let reason): out.append("  " + Output.warning("void: \(Speech.said(reason))"))
        case .quarantined(let reason): out.append("  " + Output.warning("quarantined: \(Speech.said(reason))"))
        }
        let operations = report.operations ?? []
        out += operations.prefix(operationsMax).map { "  " + text($0) }
        let left = report.operationCount - operationsMax
        if left > 0 { out.append("  … and \(left) rows more") }
        out += (report.control ?? []).map { "  " + text($0, names) }
        return out
    }

    private static func text(_ operation: RowOperation) -> Line {
        let row: Line = "\(operation.table) \(operation.key.keyText)"
        return switch operation.action {
        case .insert(let values): "insert \(row)  \(FieldText.line(values.filter { !$0.value.isNull }))"
        case .update(let values): values.isEmpty ? "keep \(row)" : "update \(row)  \(FieldText.line(values))"
        case .delete: "delete \(row)"
        }
    }

    static func text(_ operation: ControlOperation, _ names: SiteNames = SiteNames([])) -> Line {
        switch operation {
        case .found(let name, _): "founded by \(name)"
        case .admit(let admission): "admits \(admission.name) as \(admission.role.rawValue)"
        case .cut(let cut):
            cut.role.map { "gives \(names.name(of: cut.site)) the lesser role \($0.rawValue)" }
                ?? "retires \(names.name(of: cut.site))"
        case .release(let release): "lets what \(names.name(of: release.site)) wrote count again"
        case .createTable(let table): "creates table \(table.name)"
        case .createIndex(let index): "creates index \(index.name) on \(index.table)"
        case .addColumn(let added): "adds column \(added.column.name) to \(added.table)"
        case .retire(let table, let column): "retires column \(column) of \(table)"
        }
    }
}
