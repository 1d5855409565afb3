import ReplicaModel
import SQLiteAccess
import SyncWire

/// Folding a changeset.
extension Applier {
    /// Folds a changeset that was judged, and is not void, into tables and row clocks.
    ///
    /// - Parameters:
    ///   - id: of the only table into which it is folded; nil for all.
    ///   - rows: the only rows into which it is folded, by the table's id; nil for all.
    func fold(
        _ changeset: LoggedChangeset, context: VersionVector, into id: Int64? = nil,
        only rows: [Int64: Set<[Value]>]? = nil
    ) throws(StoreError) {
        var fold = ChangesetFold(
            changeset, context: context, isJudging: false, into: id, only: rows, in: transaction)
        do throws(OperationStop) { try fold.run() } catch { throw error.ofJudged }
    }

    /// Folds a changeset that nobody has judged. Returns why it is void, where that shows before anything of it is
    /// written; nil if it is not.
    ///
    /// - Throws: where it shows later: then the transaction is of no more use.
    func foldJudging(_ changeset: LoggedChangeset, context: VersionVector) throws(StoreError) -> String? {
        var fold = ChangesetFold(changeset, context: context, isJudging: true, in: transaction)
        do throws(OperationStop) { try fold.run() } catch {
            switch error {
            case .store(let error): throw error
            case .illFormed(let sentence):
                guard fold.hasWritten else { return sentence }
                transaction.file.hasFoundVoid = true
                throw .notAllowed(sentence)
            }
        }
        return nil
    }
}
