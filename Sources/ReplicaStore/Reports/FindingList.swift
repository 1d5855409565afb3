import ReplicaModel
import SQLiteAccess

/// Findings as they are collected: one that cannot be made is a finding of its own, and hides none of the others.
struct FindingList {
    private(set) var all: [DoctorFinding] = []

    mutating func add(_ findings: [DoctorFinding]) { all += findings }

    /// - Parameter what: what is looked at, for the sentence that says that it could not be.
    mutating func collect(_ what: String, _ body: () throws -> [DoctorFinding]) {
        do { all += try body() } catch {
            let reason = (error as? StoreError)?.reason ?? "\(error)"
            all.append(.init(kind: "unchecked", message: "\(what) could not be looked at: \(reason)"))
        }
    }
}
