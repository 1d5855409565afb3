import ReplicaModel
import ReplicaStore
import SyncTransport
import SyncWire

/// An error for people: a kind that decides the exit status, a name for programs, and one sentence that says
/// what to do.
public struct NodeError: Error, Sendable {
    public enum Kind: String, Sendable, CaseIterable {
        case usage
        case wrongSQL = "wrong-sql"
        case schema
        case notFound = "not-found"
        case unreachable, refused
        case damaged, locked
        case diskFull = "disk-full"
        case disk
        case newerFormat = "newer-format"
        case readOnly = "read-only"
        case notAReplica = "not-a-replica"
        case missing, failed
        case noRight = "no-right"
        case exposedKey = "exposed-key"
    }

    public let kind: Kind
    /// The name for programs: the kind's own, or a peer's named refusal such as `stranger`.
    public let name: String
    /// One sentence.
    public let message: String

    public init(kind: Kind, name: String? = nil, message: String) {
        self.kind = kind
        self.name = name ?? kind.rawValue
        self.message = message
    }

    init(_ error: StoreError) {
        switch error {
        case .sqlite(let code, let message, let doing):
            self.init(kind: .failed, message: "SQLite refused with code \(code): \(message) (in: \(doing))")
        case .locked:
            self.init(
                kind: .locked,
                message: "the replica was locked by another program for more than 5 seconds: let it finish, or close it"
            )
        case .readOnly(let path):
            self.init(kind: .readOnly, message: "\(path) cannot be written: check who owns the file and its folder")
        case .diskFull(let path):
            self.init(kind: .diskFull, message: "the disk of \(path) is full: free some space and try again")
        case .disk(let path, let message):
            self.init(
                kind: .disk,
                message:
                    "the disk of \(path) gave an error (\(message)): check that it is not full or failing, and try again"
            )
        case .damaged(let what):
            self.init(kind: .damaged, message: "the replica is damaged (\(what)): \(ReplicaReports.damageAdvice)")
        case .spoilt:
            self.init(
                kind: .damaged, message: "\(error.reason), for the disk altered it: \(ReplicaReports.spoiltAdvice)")
        case .foreign(let sentence): self.init(kind: .failed, message: sentence)
        case .notAReplica(let path):
            self.init(
                kind: .notAReplica,
                message: "\(path) is not a replica: check --home, or make a node with `caravan init`")
        case .newerFormat(let found, let known):
            self.init(
                kind: .newerFormat,
                message: "the replica has format \(found) and this software knows up to \(known): update the software")
        case .missing(let path):
            self.init(
                kind: .missing,
                message: "\(path) cannot be opened: make a node with `caravan init` or `caravan join`, or check --home")
        case .schema(let sentence): self.init(kind: .schema, message: sentence)
        case .wrongSQL(let sentence): self.init(kind: .wrongSQL, message: sentence)
        case .notAllowed(let sentence): self.init(kind: .noRight, message: sentence)
        case .notFound(let sentence): self.init(kind: .notFound, message: sentence)
        }
    }

    init(_ error: TransportError) { self.init(kind: .unreachable, message: error.sentence) }
}

/// Runs what may fail in the store, and says it in the border's terms.
///
/// - Parameter body: throws nothing but `StoreError` and `NodeError`.
func saying<Result>(_ body: () throws -> Result) throws(NodeError) -> Result {
    do { return try body() } catch let error as NodeError { throw error } catch let error as StoreError {
        throw NodeError(error)
    } catch {
        preconditionFailure("the store throws nothing but StoreError: \(error)")
    }
}
