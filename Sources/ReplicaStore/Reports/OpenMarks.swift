/// The marks of what people should look at that stand beside each row, as ``RowRecord/openBits`` tells them; 8 is a
/// check that fails.
enum OpenMarks {
    /// All marks together.
    private static let all: Int64 = 31

    /// The term that holds for rows with a conflict of a kind, by the index on the marks; empty for every kind.
    ///
    /// - Parameter kind: as ``ConflictReport/kindName``.
    static func term(of kind: String?) -> String {
        guard let kind else { return "" }
        let wanted = (1...all).filter { $0 & marks(of: kind) != 0 }.map(String.init)
        return " AND open IN (\(wanted.joined(separator: ", ")))"
    }

    private static func marks(of kind: String) -> Int64 {
        switch kind {
        case "cell": 1
        case "deleted-edited": 2
        case "kept": 4
        case "invalid": 24
        default: 0
        }
    }
}
