import ReplicaModel
import SQLiteAccess

/// What a file has of tables, indexes and triggers, read at once: for a question about one table SQLite goes through
/// all of its schema, which asked for every table costs the square of it.
struct SchemaCatalog {
    /// A thing that the schema has, with its text as it is kept.
    struct Object {
        let type: Identifier
        let name: Identifier
        let sql: [UInt8]
        /// The place in the order in which things were made.
        let number: Int64

        var text: String { String(decoding: sql, as: UTF8.self) }
    }

    /// The options of an ordinary table.
    struct Options: Equatable {
        let isWithoutRowid: Value
        let isStrict: Value
    }

    /// The objects by the table that they are on, in small letters, oldest first.
    private var objects: [Identifier: [Object]] = [:]
    private var options: [Identifier: Options] = [:]

    init(_ connection: Connection) throws(StoreError) {
        for row in try connection.rows("SELECT type, name, tbl_name, sql, rowid FROM sqlite_master ORDER BY rowid") {
            guard let type = row[0].identifier, let name = row[1].identifier, let table = row[2].identifier,
                case .text(let sql) = row[3], case .integer(let number) = row[4]
            else { continue }
            objects[table.folded, default: []].append(Object(type: type, name: name, sql: sql, number: number))
        }
        for row in try connection.rows(
            "SELECT name, wr, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table'")
        {
            if let name = row[0].identifier { options[name.folded] = Options(isWithoutRowid: row[1], isStrict: row[2]) }
        }
    }

    /// The objects on a table, itself included, oldest first.
    func objects(on table: Identifier) -> [Object] { objects[table.folded] ?? [] }

    func table(_ name: Identifier) -> Object? { objects(on: name).first { $0.type == "table" } }

    /// The options of a table; nil where there is no ordinary one of that name.
    func options(of table: Identifier) -> Options? { options[table.folded] }
}
