import ReplicaModel

/// Names of the tables and columns of the alliance's schema in Chinese, Russian and English: for labels, and for
/// reading the headers of spreadsheets.
public enum RecordNames {
    /// The name of one thing in three languages.
    public struct Texts: Sendable, Hashable {
        /// The text in Chinese.
        public let zh: String
        /// The text in Russian.
        public let ru: String
        /// The text in English.
        public let en: String
    }

    /// Data of persons in a table, on which depends how freely it may travel.
    public enum Persons: String, Sendable {
        /// No data of persons.
        case none
        /// Data about a person who is named in another table.
        case about
        /// Names, addresses or birthdays.
        case named
    }

    /// The names of a table and of its columns.
    public struct Table: Sendable {
        /// The name of the table in SQL.
        public let name: Identifier
        /// The name that people read.
        public let names: Texts
        /// A sentence on what a row of it is.
        public let about: Texts
        /// The data of persons that the table has.
        public let persons: Persons
        /// Columns that are called otherwise than everywhere, or stand in this table alone.
        let own: [Identifier: Texts]
    }

    /// The tables, by topic.
    public static let tables = reference + alliance + work + learning + enterprises

    /// The table of that name; nil where the alliance's schema has none.
    public static func table(_ name: Identifier) -> Table? { tables.first { $0.name.isSame(as: name) } }

    /// The names of a column; nil where the alliance's schema has no such table, or no name for it.
    public static func texts(of column: Identifier, in table: Identifier) -> Texts? {
        self.table(table).flatMap { $0.own[column.folded] ?? common[column.folded] }
    }

    /// The names of each column of a table, by the column's own name; empty where the alliance's schema has no such
    /// table.
    static func headers(of table: Identifier) -> [String: [String]] {
        guard let own = self.table(table)?.own else { return [:] }
        return common.merging(own) { $1 }.reduce(into: [:]) { headers, column in
            headers[column.key.text] = [column.value.zh, column.value.ru, column.value.en]
        }
    }

    private static let common = columns(commonText)
}

extension RecordNames.Texts {
    /// Takes the text in Chinese, Russian and English.
    init(_ zh: String, _ ru: String, _ en: String) { (self.zh, self.ru, self.en) = (zh, ru, en) }
}

extension RecordNames.Table {
    /// - Parameter columns: a line each: its name, Chinese, Russian, English, with ` | ` between them.
    init(
        _ name: Identifier, _ names: RecordNames.Texts, persons: RecordNames.Persons = .none,
        about: RecordNames.Texts, columns: String = ""
    ) {
        self.name = name
        self.names = names
        self.about = about
        self.persons = persons
        own = RecordNames.columns(columns)
    }
}

/// Reading of the tables that follow in other files.
extension RecordNames {
    static func columns(_ text: String) -> [Identifier: Texts] {
        Dictionary(
            lines(of: text).map { (Identifier($0.name).folded, $0.texts) }, uniquingKeysWith: { first, _ in first })
    }

    static func lines(of text: String) -> [(name: String, texts: Texts)] {
        text.split(separator: "\n").map { line in
            let parts = line.split(separator: " | ", omittingEmptySubsequences: false).map(String.init)
            precondition(parts.count == 4, "a line of names has a name and three languages: \(line)")
            return (parts[0], Texts(parts[1], parts[2], parts[3]))
        }
    }
}
