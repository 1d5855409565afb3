import ReplicaModel
import SQLiteAccess

/// Finds what is wrong with the references between the alliance's tables.
struct ReferenceFindings {
    let transaction: Transaction

    /// References to rows that are not there are shown as they are, on every node: no merge makes one, but a program
    /// that has foreign keys off may.
    func of(_ table: TableState) throws(StoreError) -> [DoctorFinding] {
        guard !table.definition.references.isEmpty else { return [] }
        let doubled = doubledLinks(of: table)
        var dangling = try transaction.connection.rows("PRAGMA foreign_key_check(\(table.name.quoted))")
        if !doubled.isEmpty {
            let links = try transaction.connection.rows(
                "SELECT id, \"from\" FROM pragma_foreign_key_list(?1)", [.text(table.name)])
            let known = Set(
                links.filter { link in
                    doubled.contains { double in link[1].identifier.map(double.column.isSame) ?? false }
                }.map { $0[0] })
            dangling.removeAll { known.contains($0[3]) }
        }
        let out = doubled.map { doubledFinding(table, $0.column, $0.targets) }
        guard let target = dangling.first?[2].identifier else { return out }
        return out + [
            .init(
                kind: "references",
                message:
                    """
                    \(dangling.count) references of table \(table.name) name rows that are not there, the first of \
                    \(target) (`PRAGMA foreign_key_check(\(table.name.quoted))` lists them), as a program may enter \
                    that has foreign keys off: every node shows them as they are; enter the rows that they name, or \
                    change or delete the rows that name them
                    """
            )
        ]
    }

    /// Columns that refer to several tables, as where admins defined them apart: each definition holds.
    private func doubledLinks(of table: TableState) -> [(column: Identifier, targets: [Identifier])] {
        let ofColumns = Dictionary(grouping: table.definition.references.filter { $0.columns.count == 1 }) {
            $0.columns[0]
        }
        return ofColumns.keys.sorted().compactMap { column in
            let targets = Set((ofColumns[column] ?? []).map(\.table)).sorted()
            let isRetired = table.merged.columns.contains { $0.name == column && $0.isRetired }
            return targets.count > 1 && !isRetired ? (column, targets) : nil
        }
    }

    private func doubledFinding(_ table: TableState, _ column: Identifier, _ targets: [Identifier]) -> DoctorFinding {
        let merged = table.merged.columns.first { $0.name == column }
        let sites = Set((merged?.origins ?? table.merged.origins).map { transaction.state.feed($0.feed).id.site })
        let definers = Set(sites.map { transaction.state.roster.entry(of: $0)?.name ?? $0.short }).sorted().joined(
            separator: ", ")
        let operand = ShellWord.operand("\(table.name.text).\(column.text)")
        let advice =
            merged == nil || table.definition.key.containsSame(as: column)
            ? "define a table of another name, and let it refer to one of them"
            : """
            retire it with `caravan schema apply --retire \(operand) FILE`, in which another column refers to one of \
            them
            """
        let what =
            """
            column \(column) of table \(table.name) was defined apart (by \(definers)) and refers to each of \
            \(targets.map(\.text).joined(separator: ", ")): a value must be the key of a row in all of them, or \
            it cannot be entered; \(advice)
            """
        return .init(kind: "references", message: what)
    }
}
