/// A definition that counts, with who gave it and what its author had seen.
package struct SchemaFact: Sendable {
    package let dot: Dot
    /// The place in its changeset.
    package let number: Int
    package let site: SiteID
    package let incarnation: Incarnation
    package let context: VersionVector
    package let operation: ControlOperation

    package init(
        dot: Dot, number: Int, site: SiteID, incarnation: Incarnation, context: VersionVector,
        operation: ControlOperation
    ) {
        self.dot = dot
        self.number = number
        self.site = site
        self.incarnation = incarnation
        self.context = context
        self.operation = operation
    }

    /// Whether this definition was given after the other was there.
    func hasSeen(_ other: SchemaFact) -> Bool {
        context.covers(other.dot) || (dot == other.dot && number > other.number)
    }

    /// The order of concurrent definitions: that of the smallest site gives what they differ in.
    static func precedes(_ l: SchemaFact, _ r: SchemaFact) -> Bool {
        (l.site, l.incarnation, l.dot.seq, l.number) < (r.site, r.incarnation, r.dot.seq, r.number)
    }

    /// The ending of a name that another definition took.
    var suffix: String { "__" + site.hex.prefix(8) }
}
