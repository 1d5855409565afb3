import SQLiteAccess

extension StoreError {
    /// The name of a table of the node's own that is not there, for somebody dropped it.
    package var droppedTable: String? {
        guard case .sqlite(_, let message, _) = self else { return nil }
        let parts = message.split(separator: " ")
        guard message.hasPrefix("no such table"), let name = parts.last?.split(separator: ".").last else { return nil }
        return name.hasPrefix("caravan_") ? String(name) : nil
    }
}
