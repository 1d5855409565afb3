import ReplicaModel

/// The outcome of an exchange with a folder that is carried from node to node.
public struct ExchangeReport: Sendable {
    /// Changesets that came, and what is missing.
    public internal(set) var taken = BundleImport()
    /// The sites whose changes came.
    public internal(set) var takenFrom: [SiteID] = []
    /// The sites for which something was written.
    public internal(set) var writtenFor: [SiteID] = []
    /// The sites for which not everything fitted.
    public internal(set) var left: [SiteID] = []
    /// Bytes that the alliance's files would have on the stick if the largest changeset that had no room were there,
    /// too; 0 where none was too large in itself.
    public internal(set) var bytesNeeded = 0
    /// Encrypted files of others that were passed on.
    public internal(set) var passedOn = 0
    /// Files that were deleted, because all whom they were for have what is in them.
    public internal(set) var deleted = 0
    /// Why files could not be taken; or a part of one, where all the rest of it was taken.
    public internal(set) var passedOver: [NodeError] = []
    /// Why files of retired members could not be taken, as long as they lie there.
    public internal(set) var ofRetired: [NodeError] = []
    /// The failure that ended the visit before all was written that others lack: the stick cannot be written, or was
    /// pulled out. What was taken stays. Nil where it came to its end.
    public internal(set) var failure: NodeError?
    /// The outcome for the program; nil where it was not asked for.
    public internal(set) var program: Program?

    /// The outcome for the program that a stick was to have.
    public enum Program: Sendable, Equatable {
        /// Written; bytes of its files.
        case written(bytes: Int)
        /// There already, or one of a higher version.
        case there
        /// No room for so many bytes.
        case noRoom(bytes: Int)
    }

    init() {}

    /// Whether there is nothing to tell.
    var isBlank: Bool {
        takenFrom.isEmpty && writtenFor.isEmpty && passedOver.isEmpty && taken.carried == 0 && taken.putOff.isEmpty
            && taken.removed.isEmpty
    }
}
