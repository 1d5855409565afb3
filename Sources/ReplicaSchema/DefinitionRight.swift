import ReplicaModel
import SQLiteAccess

/// The right of one statement that is made of a definition. Names, types and expressions in it are of peers, and were
/// judged before: this is a second wall.
package enum DefinitionRight {
    case creating(table: Identifier)
    case creatingIndex(Identifier, on: Identifier)
    case addingColumn(to: Identifier)
    /// One of the node's own, in which expressions of definitions stand.
    case creatingTrigger(on: Identifier)

    func permits(_ action: AuthorizedAction, _ first: String?, _ second: String?) -> Bool {
        switch action {
        case .insert, .update: first == "sqlite_master"
        case .read:
            first == "sqlite_master" || first == table.text || (isAltering && first == "pragma_quick_check")
        case .function: second != "load_extension" && second != "fts3_tokenizer"
        case .createTable: isCreatingTable && first == table.text
        case .createIndex: second == table.text && (isCreatingTable || first == index?.text)
        case .reindex: index != nil && first == index?.text
        case .createTrigger: isCreatingTrigger && first?.hasPrefix("caravan_") == true && second == table.text
        case .alterTable: isAltering && second == table.text
        // SQLite itself looks at the rows that are there, and at its own texts.
        case .select: isAltering
        case .pragma: isAltering && first == "quick_check"
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
    package func create(_ table: TableDefinition, named name: Identifier? = nil) throws(StoreError) {
        let name = name ?? table.name
        try runOne(SchemaSQL.createTable(table, named: name), under: .creating(table: name))
    }

    /// Makes an index.
    package func create(_ index: IndexDefinition) throws(StoreError) {
        try runOne(SchemaSQL.createIndex(index), under: .creatingIndex(index.name, on: index.table))
    }

    /// Runs exactly one statement, which may do what it is for, and nothing else.
    package func runOne(_ sql: String, under right: DefinitionRight) throws(StoreError) {
        let authorizer = Authorizer(permits: right.permits)
        try authorizer.guarding(self) { () throws(StoreError) in
            let text = Array(sql.utf8CString)
            guard let (statement, next) = try statement(of: text, from: 0), let statement, text[next] == 0 else {
                throw .schema("a definition is not one statement of SQL, and is not carried out")
            }
            while try statement.step() {}
        }
    }
}
