import ReplicaModel
import ReplicaStore

extension RecordView {
    /// Views of a node that are there and cannot be read, for a table was renamed or dropped by hand under them.
    static func findings(at path: String) throws(StoreError) -> [DoctorFinding] {
        let connection = try UserSQL(path: path, isReadOnly: true)
        var present: [Identifier] = []
        try connection.run("SELECT name FROM sqlite_master WHERE type = 'view'") { _, values in
            if case .text(let bytes) = values[0] { present.append(Identifier(bytes: bytes)) }
        }
        var out: [DoctorFinding] = []
        for view in all where present.containsSame(as: view.name) {
            do throws(StoreError) { try connection.run("SELECT * FROM \(view.name) LIMIT 0") { _, _ in } } catch {
                guard case .wrongSQL(let reason) = error else { throw error }
                out.append(
                    .init(
                        kind: "view",
                        message:
                            """
                            the view \(view.name) cannot be read (\(reason)): make it again with `caravan schema \
                            views`, or drop it
                            """))
            }
        }
        return out
    }

    /// Picks the views whose tables and columns are all there.
    static func readable(_ views: [RecordView], at path: String) throws(StoreError) -> [RecordView] {
        let connection = try UserSQL(path: path, isReadOnly: true)
        var out: [RecordView] = []
        for view in views {
            do throws(StoreError) {
                try connection.run("SELECT * FROM (\(view.select)) LIMIT 0") { _, _ in }
                out.append(view)
            } catch {
                guard case .wrongSQL = error else { throw error }
            }
        }
        return out
    }
}
