/// A part that a fuzzer can be let loose on: each takes any bytes, and holds the laws of what they reach.
///
/// Another decoder is one more case.
public enum FuzzTarget: String, CaseIterable, Sendable {
    /// The CBOR reader, against a second reading of RFC 8949.
    case cbor
    /// A frame's content.
    case message
    /// The stream of changes: bytes of zstd, or what is in them.
    case stream
    case header
    /// The chunks of a changeset of rows.
    case operations
    /// The chunks of a changeset of scope `control`.
    case control
    case invitation
    /// A file that is carried from node to node.
    case bundle
    /// The machine that decides a session: the bytes are what happens to it.
    case session
    /// A hostile peer in a session on a replica: the bytes are what it says.
    case peer
    /// Authors, and what a replica gets of theirs, against the definition.
    case fold
    /// Authors whose feeds went several ways, and two replicas that get theirs in two orders, against the definition.
    case forks
    /// Definitions of two admins, against another order of the same.
    case schema
    /// Members who end each other's rights, against the specification.
    case roster

    /// The sentence that says which law these bytes break; nil if none.
    package func violation(by bytes: [UInt8]) -> String? {
        switch self {
        case .cbor: CBORLaw.violation(by: bytes)
        case .message: MessageLaw.violation(by: bytes)
        case .stream: StreamLaw.violation(by: bytes)
        case .header: HeaderLaw.violation(by: bytes)
        case .operations: OperationsLaw.violation(by: bytes)
        case .control: ControlLaw.violation(by: bytes)
        case .invitation: InvitationLaw.violation(by: bytes)
        case .bundle: CarriedLaw.violation(by: bytes)
        case .session: SessionRun.violation(by: bytes)
        case .peer: PeerRun.violation(by: bytes)
        case .fold: FoldRun.violation(by: bytes)
        case .forks: ForkRun.violation(by: bytes)
        case .schema: SchemaRun.violation(by: bytes)
        case .roster: RosterRun.violation(by: bytes)
        }
    }

    /// Stops the process if these bytes break a law.
    public func run(_ bytes: [UInt8]) {
        // Not a precondition, of which an optimised build keeps the stop and loses the sentence.
        if let sentence = violation(by: bytes) { fatalError("\(rawValue): \(sentence)") }
    }
}
