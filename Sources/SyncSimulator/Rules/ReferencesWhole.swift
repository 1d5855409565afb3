import ReplicaModel

/// No reference is ever left without its row.
package struct ReferencesWhole {
    static let query = "PRAGMA foreign_key_check"

    static func check(_ rows: [[Value]], at name: String) throws(Violation) {
        guard let row = rows.first else { return }
        throw Violation(
            "references", "\(name) shows a row of \(row[0]) that refers to a row of \(row[2]) which is not there")
    }
}
