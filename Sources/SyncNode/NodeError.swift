import ReplicaModel
import ReplicaStore
import SyncTransport
import SyncWire

/// An error for people: a kind that decides the exit status, a name for programs, and one sentence that says
/// what to do.
public struct NodeError: Error, Sendable {
    /// The kinds of errors, each with its name for programs. The command ends with 2 for `usage`, `wrongSQL`, `schema`
    /// and `notFound`, with 3 for `unreachable` and `refused`, with 5 for `noRight` and `exposedKey`, and with 4 for
    /// all others.
    public enum Kind: String, Sendable, CaseIterable {
        /// An argument, a setting or a file that cannot be meant, or a name that several have.
        case usage
        /// SQL that SQLite refuses, or that a person may not run on a replica.
        case wrongSQL = "wrong-sql"
        /// A schema that cannot be replicated, or that rows which are here do not fit.
        case schema
        /// A peer, member, feed, table, row, column or value that there is not.
        case notFound = "not-found"
        /// An exchange that did not come about or did not end well: the peer could not be reached or the connection
        /// broke off (`unreachable`), or one side refused the other (`refused`), with the name of the refusal.
        case unreachable, refused
        /// A replica, backup or key file that is not what was written (`damaged`), or a replica that another program
        /// keeps from being written for more than 5 seconds, or has open while it is restored (`locked`).
        case damaged, locked
        /// A disk without room for what is to be written.
        case diskFull = "disk-full"
        /// An error that the disk gave, with its sentence.
        case disk
        /// A replica in a format that only newer software knows.
        case newerFormat = "newer-format"
        /// A file or folder that this user may not write, or a key file that it may not read.
        case readOnly = "read-only"
        /// A file that is no replica.
        case notAReplica = "not-a-replica"
        /// A node that is not there, for its replica or its key is missing (`missing`), or a failure of another kind,
        /// such as an error of SQLite's or something of the user's own that stands in the way (`failed`).
        case missing, failed
        /// An act for which this node's role gives no right.
        case noRight = "no-right"
        /// A key file that others may read or that another user owns, or that holds another key than the replica's.
        case exposedKey = "exposed-key"
    }

    /// The kind, from which the exit status of the command follows.
    public let kind: Kind
    /// The name for programs: the kind's own, or a peer's named refusal such as `stranger`.
    public let name: String
    /// The sentence for people, one line.
    public let message: String

    /// Makes an error.
    ///
    /// - Parameters:
    ///   - name: the name for programs; nil for the kind's own.
    ///   - message: one sentence that says what to do.
    public init(kind: Kind, name: String? = nil, message: String) {
        self.kind = kind
        self.name = name ?? kind.rawValue
        self.message = message
    }

    init(_ error: StoreError) {
        switch error {
        case .sqlite where error.droppedTable != nil: self.init(.damaged(error.reason))
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

/// Calls a function that may throw an error of the store, and throws that as a ``NodeError``.
///
/// - Parameter body: throws nothing but `StoreError` and `NodeError`.
func saying<Result>(_ body: () throws -> Result) throws(NodeError) -> Result {
    do { return try body() } catch let error as NodeError { throw error } catch let error as StoreError {
        throw NodeError(error)
    } catch {
        preconditionFailure("the store throws nothing but StoreError: \(error)")
    }
}
