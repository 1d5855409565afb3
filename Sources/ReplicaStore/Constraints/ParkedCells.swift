import ReplicaModel
import SQLiteAccess

/// The cells that a row shows for a moment, so that rows which exchange the values of a UNIQUE are out of each other's
/// way.
enum ParkedCells {
    /// Gives for each UNIQUE that the columns are part of one of them, with NULL or else a value that no row has.
    ///
    /// - Parameters:
    ///   - columns: those that are to be written.
    ///   - number: tells the values of rows apart that are parked together.
    static func of(
        _ columns: [ColumnDefinition], _ uniques: [IndexDefinition], number: Int
    ) -> [(column: Identifier, value: Value)] {
        var out: [(column: Identifier, value: Value)] = []
        for unique in uniques {
            let own = columns.filter { column in unique.parts.contains { $0.column == column.name } }
            guard let chosen = own.first(where: { !$0.isNotNull }) ?? own.first else { continue }
            guard !out.contains(where: { $0.column == chosen.name }) else { continue }
            out.append((chosen.name, chosen.isNotNull ? unlike(chosen, number) : .null))
        }
        return out
    }

    private static func unlike(_ column: ColumnDefinition, _ number: Int) -> Value {
        let text = Array("caravan-parks-\(number)".utf8)
        return switch Affinity(declared: column.type) {
        case .text: .text(text)
        case .integer, .numeric: .integer(integersFrom + Int64(number))
        case .real: .real(Double(integersFrom) + Double(number) * 0x1p20)
        case .blob: .blob(text)
        }
    }

    /// Above what people and programs count to.
    private static let integersFrom: Int64 = 0x3C61_7261_7661_6E00
}
