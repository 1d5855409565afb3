import ReplicaModel
import Synchronization

/// Tables with their columns, as they come in one by one.
final class Names: Sendable {
    private let found = Mutex<[(table: Identifier, columns: [Identifier])]>([])

    func add(_ column: Identifier, of table: Identifier) {
        found.withLock { found in
            if found.last?.table == table {
                found[found.count - 1].columns.append(column)
            } else {
                found.append((table, [column]))
            }
        }
    }

    var all: [(table: Identifier, columns: [Identifier])] { found.withLock { $0 } }
}
