import ReplicaModel

/// The rules that a definition must keep, so that every replica can carry it out: judged by its own words, never by
/// what the SQLite of one node makes of it.
enum SchemaRules {
    /// Why a table cannot be replicated, and what to write instead; nil if it can.
    static func refusal(of table: TableDefinition) -> String? {
        if let refusal = refusal(ofName: table.name) ?? refusal(ofCounts: table) ?? refusal(ofDefinitionOf: table) {
            return refusal
        }
        let scope = ExpressionScope(table)
        for place in table.columns.indices {
            if let refusal = refusal(ofColumnAt: place, in: table, scope) { return refusal }
        }
        for check in table.checks { if let refusal = refusal(of: check, in: table, scope) { return refusal } }
        for name in table.key {
            guard let column = table.column(name) else {
                return "table \(table.name) has no column \(name) for its key"
            }
            if let refusal = refusal(ofKey: column, in: table) { return refusal }
        }
        return refusal(ofReferencesOf: table) ?? refusal(ofStoredIn: table, scope)
    }

    /// The cost of all expressions of a table, each of which was found to be permitted.
    ///
    /// - Parameter indexes: of any tables.
    static func cost(of table: TableDefinition, _ indexes: [IndexDefinition] = []) -> ExpressionCost {
        let scope = ExpressionScope(table)
        var out = ExpressionCost()
        for place in table.columns.indices where table.columns[place].generated != nil {
            out += cost { () throws(ExpressionRefusal) in try scope.generated(at: place) }
        }
        for check in table.checks { out += cost(of: check.expression, scope) }
        for index in indexes where index.table.isSame(as: table.name) { out += cost(of: index, scope) }
        return out
    }

    /// What an added column and its checks cost a table that has the column already.
    static func cost(of added: AddedColumn, in table: TableDefinition) -> ExpressionCost {
        let scope = ExpressionScope(table)
        var out = ExpressionCost()
        if added.column.generated != nil, let place = table.columns.firstIndex(where: { $0.name == added.column.name })
        {
            out += cost { () throws(ExpressionRefusal) in try scope.generated(at: place) }
        }
        for check in added.checks { out += cost(of: check.expression, scope) }
        return out
    }

    /// What the expressions of an index cost, and the generated columns that it keeps.
    static func cost(of index: IndexDefinition, of table: TableDefinition) -> ExpressionCost {
        cost(of: index, ExpressionScope(table))
    }

    private static func cost(of index: IndexDefinition, _ scope: ExpressionScope) -> ExpressionCost {
        var out = ExpressionCost()
        for part in index.parts {
            switch part.term {
            case .column(let name):
                // What a row holds is there already.
                let column = cost { () throws(ExpressionRefusal) in try scope.column(name) }
                if column.steps > 1 { out += column }
            case .expression(let text): out += cost(of: text, scope)
            }
        }
        if let condition = index.condition { out += cost(of: condition, scope) }
        return out
    }

    private static func cost(of text: String, _ scope: ExpressionScope) -> ExpressionCost {
        cost { () throws(ExpressionRefusal) in
            try ExpressionParser.result(of: text, ExpressionRules(use: .computed, scope: scope))
        }
    }

    /// What cannot be read was refused, or is of software that permitted it.
    private static func cost(_ result: () throws(ExpressionRefusal) -> ExpressionResult) -> ExpressionCost {
        do throws(ExpressionRefusal) { return try result().cost } catch { return ExpressionCost() }
    }

    /// Why a column cannot be added to a table; nil if it can.
    static func refusal(of added: AddedColumn, to table: TableDefinition) -> String? {
        let place = "column \(added.column.name) of table \(added.table)"
        guard !table.columns.map(\.name).containsSame(as: added.column.name) else { return "\(place) exists already" }
        if added.column.isNotNull, added.column.defaultExpression == nil {
            return "\(place) is NOT NULL without a default: rows that are there already have nothing to show"
        }
        if added.column.generated?.isStored == true {
            return "\(place) is generated and STORED: a column that is added is VIRTUAL"
        }
        guard added.reference.map({ $0.columns == [added.column.name] }) ?? true else {
            return "\(place) comes with a reference of other columns"
        }
        if let refusal = ConstantDefault.refusal(of: added.column, isStrict: table.isStrict) {
            return "the default of \(place) \(refusal)"
        }
        if added.reference != nil, let text = added.column.defaultExpression, ConstantDefault.value(of: text) != .null {
            return
                """
                \(place) refers to another table and has a default, to which rows would refer that nobody made so: \
                leave the default out
                """
        }
        let whole = table.adding(added)
        if let refusal = refusal(ofCounts: whole) ?? refusal(ofDefinitionOf: whole) { return refusal }
        let scope = ExpressionScope(whole)
        if let refusal = refusal(ofColumnAt: whole.columns.count - 1, in: whole, scope) { return refusal }
        for check in added.checks { if let refusal = refusal(of: check, in: whole, scope) { return refusal } }
        return refusal(ofReferencesOf: whole)
    }

    /// Why an index cannot be replicated; nil if it can.
    ///
    /// - Parameter table: on which it is; nil where there is none.
    static func refusal(of index: IndexDefinition, table: TableDefinition?) -> String? {
        if let refusal = refusal(ofName: index.name) { return refusal }
        guard !index.parts.isEmpty, index.parts.allSatisfy({ ["BINARY", "NOCASE", "RTRIM"].contains($0.collation) })
        else {
            return "index \(index.name) has no columns, or a collation that other programs lack"
        }
        guard let table else {
            return "index \(index.name) is of a table that does not exist"
        }
        guard index.parts.count + table.key.count <= columnsMax else {
            return "index \(index.name) has more than \(columnsMax) columns: make it of fewer"
        }
        if let missing = index.parts.compactMap(\.column).first(where: { table.column($0) == nil }) {
            return "index \(index.name) is on a column \(missing) that table \(table.name) does not have"
        }
        return refusal(ofExpressionsOf: index, ExpressionRules(use: .computed, scope: ExpressionScope(table))).map {
            "index \(index.name) \($0)"
        }
    }

    private static func refusal(ofExpressionsOf index: IndexDefinition, _ rules: ExpressionRules) -> String? {
        do throws(ExpressionRefusal) {
            var columns = 0
            for case .expression(let text) in index.parts.map(\.term) {
                let result = try ExpressionParser.result(of: text, rules)
                if result.literal != nil {
                    return "is on a value that is the same for every row: an index is of columns"
                }
                columns += result.size.columns
            }
            if let condition = index.condition {
                try rules.condition(try ExpressionParser.result(of: condition, rules))
            }
            return columns <= ExpressionRules.columnsMax
                ? nil
                : """
                has expressions that may come to more than \(ExpressionRules.columnsMax) times the length of a column: \
                make it of fewer
                """
        } catch { return error.sentence }
    }

    static func refusal(ofName name: Identifier) -> String? {
        if let refusal = NameRules.refusal(of: name) { return "a table or index \(refusal)" }
        guard !isFunction(name) else {
            return "\(name) is a name that SQLite has a function for, which triggers call: choose another"
        }
        return isKept(name) ? "\(name) is a name that is kept for the node itself: choose another" : nil
    }

    /// Whether a table or view of that name would be read where the node's triggers, or the node itself, ask SQLite for
    /// something.
    package static func isFunction(_ name: Identifier) -> Bool { name.begins(with: "pragma_") }

    private static func isKept(_ name: Identifier) -> Bool {
        name.begins(with: "caravan_") || name.begins(with: "sqlite_")
    }

    /// A name that is made of others, as an index's of its table's, and is not kept for the node itself or SQLite.
    static func openName(_ text: String) -> Identifier {
        let name = Identifier(text)
        return isKept(name) || isFunction(name) ? Identifier("_" + text) : name
    }

    /// A pending table holds a column for each of the table's, and SQLite allows 2,000.
    static let columnsMax = SchemaLimits.columnsMax

    private static func refusal(ofCounts table: TableDefinition) -> String? {
        guard table.columns.count <= columnsMax else {
            return "table \(table.name) has more than \(columnsMax) columns: split it"
        }
        guard !table.key.isEmpty else {
            return "table \(table.name) has no primary key: give it one, such as `id TEXT NOT NULL PRIMARY KEY`"
        }
        guard Set(table.columns.map(\.name.folded)).count == table.columns.count,
            Set(table.key).count == table.key.count
        else {
            return "table \(table.name) has two columns of one name"
        }
        return nil
    }

    /// The most bytes of a definition, which SQLite reads as one statement, and people as one table.
    static let definitionBytesMax = 1 << 20

    private static func refusal(ofDefinitionOf table: TableDefinition) -> String? {
        var bytes = table.checks.reduce(0) { $0 + $1.expression.utf8.count + ($1.name?.bytes.count ?? 0) }
        for column in table.columns {
            bytes +=
                column.name.bytes.count + column.type.utf8.count + (column.defaultExpression?.utf8.count ?? 0)
                + (column.generated?.expression.utf8.count ?? 0)
        }
        return bytes <= definitionBytesMax
            ? nil : "the definition of table \(table.name) has more than \(definitionBytesMax) bytes: split it"
    }

    private static func refusal(ofKey column: ColumnDefinition, in table: TableDefinition) -> String? {
        let place = "key column \(column.name) of table \(table.name)"
        guard column.isNotNull || table.hasRowNumberAsKey || table.isWithoutRowid else {
            return "\(place) may be NULL: write NOT NULL behind its type"
        }
        guard column.generated == nil else { return "\(place) is generated: a key is entered, or minted by a default" }
        guard column.collation == "BINARY" else {
            return "\(place) has the collation \(column.collation): a key is compared byte by byte, so leave it out"
        }
        switch Affinity(declared: column.type) {
        case .text, .blob, .integer: return nil
        case .real, .numeric: return "\(place) has the type \(column.type): a key is TEXT, BLOB or INTEGER"
        }
    }

    private static func refusal(ofReferencesOf table: TableDefinition) -> String? {
        let actions: Set = ["NO ACTION", "RESTRICT", "SET NULL", "SET DEFAULT", "CASCADE"]
        let isReadable = table.references.allSatisfy { reference in
            reference.columns.allSatisfy { table.column($0) != nil } && !reference.columns.isEmpty
                && actions.contains(reference.onDelete)
                && actions.contains(reference.onUpdate)
        }
        return isReadable ? nil : "a reference of table \(table.name) cannot be read"
    }
}

/// Rules for single columns and checks.
extension SchemaRules {
    private static func refusal(ofColumnAt number: Int, in table: TableDefinition, _ scope: ExpressionScope) -> String?
    {
        let column = table.columns[number]
        if let refusal = NameRules.refusal(of: column.name) { return "a column of table \(table.name) \(refusal)" }
        let place = "column \(column.name) of table \(table.name)"
        guard ["BINARY", "NOCASE", "RTRIM"].contains(column.collation) else {
            return
                "\(place) has the collation \(column.collation), which other programs lack: use BINARY, NOCASE or RTRIM"
        }
        guard TypeGrammar.isPermitted(column.type) else {
            return "the type of \(place) cannot be replicated: use TEXT, INTEGER, REAL, BLOB or NUMERIC"
        }
        guard
            !table.isStrict || ["INT", "INTEGER", "REAL", "TEXT", "BLOB", "ANY"].contains(column.type.asciiUppercased)
        else {
            return "the type of \(place) is none that a STRICT table has: use INT, INTEGER, REAL, TEXT, BLOB or ANY"
        }
        if column.generated != nil { return refusal(ofGenerated: number, in: table, scope) }
        guard let text = column.defaultExpression else { return nil }
        do throws(ExpressionRefusal) {
            _ = try ExpressionParser.result(of: text, ExpressionRules(use: .entered, scope: ExpressionScope(nil)))
            return nil
        } catch { return "the default of \(place) \(error.sentence)" }
    }

    /// A generated column is computed on every replica, also for a row that a merge made, so it must be one that no row
    /// can fail.
    private static func refusal(ofGenerated number: Int, in table: TableDefinition, _ scope: ExpressionScope) -> String?
    {
        let column = table.columns[number]
        let place = "generated column \(column.name) of table \(table.name)"
        do throws(ExpressionRefusal) { _ = try scope.generated(at: number) } catch {
            return "the \(place) \(error.sentence)"
        }
        if column.isNotNull { return "\(place) is NOT NULL, which a merged row could fail: leave NOT NULL out" }
        if column.defaultExpression != nil { return "\(place) has a default: leave it out" }
        if table.isStrict, column.type.asciiUppercased != "ANY" {
            return "\(place) has the type \(column.type) in a STRICT table, which a merged row could fail: use ANY"
        }
        return nil
    }

    private static func refusal(of check: CheckDefinition, in table: TableDefinition, _ scope: ExpressionScope)
        -> String?
    {
        if let refusal = check.name.flatMap(NameRules.refusal) { return "a check of table \(table.name) \(refusal)" }
        let rules = ExpressionRules(use: .computed, scope: scope)
        do throws(ExpressionRefusal) {
            try rules.condition(try ExpressionParser.result(of: check.expression, rules))
        } catch {
            guard let name = check.name else {
                return
                    "a check of table \(table.name) \(error.sentence) (it begins with \(check.expression.prefix(60)))"
            }
            return "the check \(name) of table \(table.name) \(error.sentence)"
        }
        return nil
    }

    /// Refuses a table of which a row does not fit into what SQLite stores: all that is stored must.
    private static func refusal(ofStoredIn table: TableDefinition, _ scope: ExpressionScope) -> String? {
        var columns = 0
        for (number, column) in table.columns.enumerated() where column.generated?.isStored == true {
            do throws(ExpressionRefusal) { columns += try scope.generated(at: number).size.columns } catch {
                return error.sentence
            }
        }
        return columns <= ExpressionRules.columnsMax
            ? nil
            : """
            the generated columns of table \(table.name) that are STORED may come to more than \
            \(ExpressionRules.columnsMax) times the length of a column: make some VIRTUAL
            """
    }
}
