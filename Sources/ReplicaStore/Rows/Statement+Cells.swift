import ReplicaModel
import SQLiteAccess
import SyncWire

extension Statement {
    /// Binds a cell whose bytes stand in `bytes`, which stay where they are until the statement has run.
    func bind(_ cell: CellView, of bytes: UnsafeRawBufferPointer, at index: Int) throws(StoreError) {
        switch cell.kind {
        case .null: try bind(Value.null, at: index)
        case .integer: try bind(cell.integer, at: index)
        case .real: try bind(.real(cell.real), at: index)
        case .text:
            try bindStatic(
                text: true, UnsafeRawBufferPointer(rebasing: bytes[cell.offset..<cell.offset + cell.count]), at: index)
        case .blob:
            try bindStatic(
                text: false, UnsafeRawBufferPointer(rebasing: bytes[cell.offset..<cell.offset + cell.count]), at: index)
        }
    }
}
