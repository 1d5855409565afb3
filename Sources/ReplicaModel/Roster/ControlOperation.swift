/// What a changeset of scope `control` may do.
public enum ControlOperation: Hashable, Sendable {
    /// The first operation of the founding changeset. `nonce` makes two alliances of one founder differ.
    case found(name: String, nonce: [UInt8])
    case admit(Admission)
    case createTable(TableDefinition)
    case createIndex(IndexDefinition)
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
