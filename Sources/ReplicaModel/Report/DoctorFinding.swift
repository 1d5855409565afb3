/// A thing that is wrong or soon will be, with what to do.
public struct DoctorFinding: Hashable, Sendable {
    /// The kind of the finding, for programs: `file`, `disk`, `conflicts`, `void`, `held`, `failed`, `fork`,
    /// `unfinished`, `newer-software`, `spoilt`, `unseen`, `misfits`, `own-columns`, `own-indexes`, `own-tables`,
    /// `own-objects`, `own-references`, `own-triggers`, `indexes`, `unchecked`, `rights`, `definitions`,
    /// `column-order`, `references`, `peer`, `clock`, `refused`, `view`, `joining`,
    /// `aside`.
    public let kind: String
    /// The sentence for people, which says what to do.
    public let message: String

    package init(kind: String, message: String) {
        self.kind = kind
        self.message = message
    }
}
