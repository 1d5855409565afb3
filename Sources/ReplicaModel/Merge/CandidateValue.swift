/// The value of a write that stands beside others in a cell. Of a long one a row clock keeps what tells it from others;
/// its bytes are what its changeset says.
package enum CandidateValue: Hashable, Sendable {
    case short(Value)
    indirect case long(LongValue)

    /// The value; of a long one the beginning.
    package var beginning: Value {
        switch self {
        case .short(let value): value
        case .long(let value): value.beginning
        }
    }
}

/// A long text or blob without its bytes.
package struct LongValue: Hashable, Sendable {
    package let byteCount: Int
    /// SHA-256 of all bytes.
    package let hash: Bytes32
    /// The first bytes, of the same class.
    package let beginning: Value

    package init(byteCount: Int, hash: Bytes32, beginning: Value) {
        self.byteCount = byteCount
        self.hash = hash
        self.beginning = beginning
    }
}
