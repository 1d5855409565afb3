import CSQLite
import ReplicaModel

/// The right of one statement that is made of a definition. Names, types and expressions in it are of peers, and were
/// judged before: this is a second wall.
enum DefinitionRight {
    case creating(table: Identifier)
    case creatingIndex(Identifier, on: Identifier)
    case addingColumn(to: Identifier)
    /// One of the node's own, in which expressions of definitions stand.
    case creatingTrigger(on: Identifier)

    func permits(_ action: Int32, _ first: String?, _ second: String?) -> Bool {
        switch action {
        case SQLITE_INSERT, SQLITE_UPDATE: first == "sqlite_master"
        case SQLITE_READ:
            first == "sqlite_master" || first == table.text || (isAltering && first == "pragma_quick_check")
        case SQLITE_FUNCTION: second != "load_extension" && second != "fts3_tokenizer"
        case SQLITE_CREATE_TABLE: isCreatingTable && first == table.text
        case SQLITE_CREATE_INDEX: second == table.text && (isCreatingTable || first == index?.text)
        case SQLITE_REINDEX: index != nil && first == index?.text
        case SQLITE_CREATE_TRIGGER: isCreatingTrigger && first?.hasPrefix("caravan_") == true && second == table.text
        case SQLITE_ALTER_TABLE: isAltering && second == table.text
        // SQLite itself looks at the rows that are there, and at its own texts.
        case SQLITE_SELECT: isAltering
        case SQLITE_PRAGMA: isAltering && first == "quick_check"
        default: false
        }
    }

    private var table: Identifier {
        switch self {
        case .creating(let table), .creatingIndex(_, let table), .addingColumn(let table), .creatingTrigger(let table):
            table
        }
    }

    private var index: Identifier? { if case .creatingIndex(let name, _) = self { name } else { nil } }
    private var isCreatingTable: Bool { if case .creating = self { true } else { false } }
    private var isCreatingTrigger: Bool { if case .creatingTrigger = self { true } else { false } }
    private var isAltering: Bool { if case .addingColumn = self { true } else { false } }
}

extension Connection {
    /// Makes a table.
    ///
    /// - Parameter name: if it is to be another than the definition's.
    func create(_ table: TableDefinition, named name: Identifier? = nil) throws(StoreError) {
        let name = name ?? table.name
        try runOne(SchemaSQL.createTable(table, named: name), under: .creating(table: name))
    }

    /// Makes an index.
    func create(_ index: IndexDefinition) throws(StoreError) {
        try runOne(SchemaSQL.createIndex(index), under: .creatingIndex(index.name, on: index.table))
    }

    /// Runs exactly one statement, which may do what it is for, and nothing else.
    func runOne(_ sql: String, under right: DefinitionRight) throws(StoreError) {
        let authorizer = Authorizer(permits: right.permits)
        try authorizer.guarding(self) { () throws(StoreError) in
            let text = Array(sql.utf8CString)
            guard let (statement, next) = try statement(of: text, from: 0), let statement, text[next] == 0 else {
                throw .schema("a definition is not one statement of SQL, and is not carried out")
            }
            while try statement.step() {}
        }
    }

    /// The next statement of a text, nil for blanks and comments, and where what follows it begins. Nil at the end of
    /// the text.
    ///
    /// - Parameters:
    ///   - text: ends with NUL. It is not copied, so a script of any number of statements is read once.
    ///   - start: where to begin.
    func statement(of text: [CChar], from start: Int) throws(StoreError) -> (Statement?, next: Int)? {
        guard start < text.count, text[start] != 0 else { return nil }
        var handle: OpaquePointer?
        let (code, used) = text.withUnsafeBufferPointer { buffer in
            let first = buffer.baseAddress.map { $0 + start }
            var tail: UnsafePointer<CChar>?
            let code = sqlite3_prepare_v2(self.handle, first, -1, &handle, &tail)
            let used = tail.flatMap { tail in first.map { tail - $0 } } ?? buffer.count - 1 - start
            return (code, used)
        }
        guard code == SQLITE_OK else { throw failure(doing: "preparing") }
        return (handle.map { Statement(connection: self, adopting: $0) }, start + used)
    }
}
