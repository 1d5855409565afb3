import ReplicaModel

/// The notes of one row since the last sealing.
struct Touch {
    let key: [Value]
    /// A row of this key was inserted, at least once.
    var wasInserted = false
    /// Columns that updates changed, by their index among the table's others.
    var changed: Set<Int> = []
    /// The values that the row held when it was first deleted or perhaps replaced; nil where it had been inserted or
    /// changed before that, so that it is not what was sealed.
    var oldValues: [Value]?
    /// Whether somebody said that the row stays.
    var isToStay = false

    init(key: [Value]) { self.key = key }

    /// The effect that the notes come to, compared with the table and with the row's clock. Notes alone cannot tell:
    /// REPLACE leaves only an insert's note, and a note of a row that was perhaps replaced may be wrong.
    func netEffect(isPresent: Bool, wasVisible: Bool) -> NetEffect {
        switch (isPresent, wasVisible) {
        case (true, false): .putAll
        case (true, true): wasInserted ? .putAll : changed.isEmpty && !isToStay ? .nothing : .put(changed.sorted())
        case (false, true): .delete
        case (false, false): .nothing
        }
    }
}

/// The operation that sealing makes of a touched row, or none.
enum NetEffect: Equatable {
    case nothing
    case delete
    /// A put of every column: the row is new, was deleted and inserted again, or its change is not known by column.
    case putAll
    /// A put of these columns, ascending; none where somebody said that the row stays.
    case put([Int])
}
