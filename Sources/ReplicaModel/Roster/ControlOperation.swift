/// One of the things that a changeset of scope `control` may do.
public enum ControlOperation: Hashable, Sendable {
    /// The first operation of the founding changeset. `nonce` makes two alliances of one founder differ.
    case found(name: String, nonce: [UInt8])
    case admit(Admission)
    case createTable(TableDefinition)
    case createIndex(IndexDefinition)
    case addColumn(AddedColumn)
    /// The column stays where it is, may be left out from then on, and is not shown to people as part of the schema.
    case retire(table: Identifier, column: Identifier)

    /// Defines something, as against saying who belongs.
    public var isSchema: Bool {
        switch self {
        case .found, .admit: false
        case .createTable, .createIndex, .addColumn, .retire: true
        }
    }
}

/// A column that a table gets after its creation.
public struct AddedColumn: Hashable, Sendable {
    public let table: Identifier
    /// The column; its default is a constant, or NULL.
    public let column: ColumnDefinition
    /// The reference from this column alone; nil if it refers to nothing.
    public let reference: Reference?
    public let checks: [CheckDefinition]

    public init(table: Identifier, column: ColumnDefinition, reference: Reference?, checks: [CheckDefinition]) {
        self.table = table
        self.column = column
        self.reference = reference
        self.checks = checks
    }
}

public enum Role: String, Hashable, Sendable, CaseIterable {
    case admin, member, reader

    public var mayWrite: Bool { self != .reader }
}

/// A roster record: who belongs, with which rights.
public struct Admission: Hashable, Sendable {
    public let site: SiteID
    public let name: String
    public let role: Role
    /// Nil if it was not said.
    public let institution: String?
    public let keepsTime: Bool

    public init(site: SiteID, name: String, role: Role, institution: String?, keepsTime: Bool) {
        self.site = site
        self.name = name
        self.role = role
        self.institution = institution
        self.keepsTime = keepsTime
    }
}
