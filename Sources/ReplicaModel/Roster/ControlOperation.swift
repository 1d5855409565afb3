/// One of the things that a changeset of scope `control` may do.
public enum ControlOperation: Hashable, Sendable {
    /// The first operation of the founding changeset. `nonce` makes two alliances of one founder differ.
    case found(name: String, nonce: [UInt8])
    /// An entry in the roster: of a new site, or another one of a site that is there.
    case admit(Admission)
    /// An entry in the roster that lessens the right of a site, or ends it.
    case cut(Cut)
    /// An entry in the roster that lets changesets count again that a cut took away.
    case release(Release)
    /// The definition of a table.
    case createTable(TableDefinition)
    /// The definition of an index of a table.
    case createIndex(IndexDefinition)
    /// A column that a table gets after its creation.
    case addColumn(AddedColumn)
    /// The column stays where it is, may be left out from then on, and is not shown to people as part of the schema.
    case retire(table: Identifier, column: Identifier)

    /// Defines something, as against saying who belongs.
    public var isSchema: Bool {
        switch self {
        case .found, .admit, .cut, .release: false
        case .createTable, .createIndex, .addColumn, .retire: true
        }
    }
}

/// A column that a table gets after its creation.
public struct AddedColumn: Hashable, Sendable {
    /// The name of the table that gets the column.
    public let table: Identifier
    /// The column; its default is a constant, or NULL.
    public let column: ColumnDefinition
    /// The reference from this column alone; nil if it refers to nothing.
    public let reference: Reference?
    /// The checks that the table gets with the column.
    public let checks: [CheckDefinition]

    /// Makes an addition of these parts, which are not checked here.
    public init(table: Identifier, column: ColumnDefinition, reference: Reference?, checks: [CheckDefinition]) {
        self.table = table
        self.column = column
        self.reference = reference
        self.checks = checks
    }
}

/// The rights of a site by the roster. The raw value is the name of the role in commands and in JSON.
public enum Role: String, Hashable, Sendable, CaseIterable {
    /// An admin lets sites in, defines the schema, and writes; a member writes; a reader takes part in exchanges and
    /// writes nothing.
    case admin, member, reader

    /// Whether a site of this role may write into the people's tables. What another writes is void.
    public var mayWrite: Bool { self != .reader }

    /// Whether it gives less than another one.
    package func isLess(than other: Role) -> Bool { weight < other.weight }

    private var weight: Int {
        switch self {
        case .reader: 0
        case .member: 1
        case .admin: 2
        }
    }
}

/// A roster record: who belongs, with which rights.
public struct Admission: Hashable, Sendable {
    /// The site that belongs: its public key.
    public let site: SiteID
    /// The name of the site among people, 1 to 256 bytes. Two members may have one name.
    public let name: String
    /// The rights of the site.
    public let role: Role
    /// The institution; nil if it was not said.
    public let institution: String?
    /// Whether the admission says that the site keeps time. It is shown, and nothing of a merge follows from it.
    public let keepsTime: Bool

    /// Makes a record of these parts, which are not checked.
    public init(site: SiteID, name: String, role: Role, institution: String?, keepsTime: Bool) {
        self.site = site
        self.name = name
        self.role = role
        self.institution = institution
        self.keepsTime = keepsTime
    }

    /// The same with another role.
    package func with(role: Role) -> Admission {
        Admission(site: site, name: name, role: role, institution: institution, keepsTime: keepsTime)
    }
}
