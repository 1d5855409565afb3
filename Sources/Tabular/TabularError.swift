/// An error of a file that holds a table.
package enum TabularError: Error, Hashable, Sendable {
    case unreadable(path: String, reason: String)
    case unwritable(path: String, reason: String)
    /// The file is of a kind that is not read, and what it is.
    case otherKind(path: String, kind: String)
    case unknownEncoding(String)
    /// The encoding in which the file is written cannot be told.
    case doubtfulEncoding(path: String)
    case noSheet(String, sheets: [String])
    case damaged(path: String, reason: String)
    /// A workbook cannot hold so much.
    case tooMuch(String)

    /// The error for people, with what to do.
    package var sentence: String {
        switch self {
        case .unreadable(let path, let reason):
            "\(path) cannot be read (\(reason)): check its name and who may read it"
        case .unwritable(let path, let reason):
            "\(path) cannot be written (\(reason)): check its name, its folder and the room on the disk"
        case .otherKind(let path, let kind):
            "\(path) is \(kind): save it as .xlsx or CSV with the program that made it, and import that"
        case .unknownEncoding(let name):
            "there is no encoding \(name): name one such as UTF-8, UTF-16LE, GB18030 or windows-1251"
        case .doubtfulEncoding(let path):
            """
            it cannot be told in which encoding \(path) is written: name it with --encoding, such as GB18030 or \
            windows-1251
            """
        case .noSheet(let name, let sheets):
            "the workbook has no sheet \(name): its sheets are \(sheets.joined(separator: ", "))"
        case .damaged(let path, let reason):
            "\(path) is not a whole workbook (\(reason)): open it with the program that made it, and save it again"
        case .tooMuch(let what): "a workbook cannot hold \(what): export it as CSV"
        }
    }
}
