/// A thing that can go wrong in a world. A seed decides which of these do at all; each then strikes now and then.
///
/// Source of the idea: a fault site that is on or off for a whole run, then fires sometimes (FoundationDB, `Buggify`).
package enum Fault: String, CaseIterable, Sendable {
    /// Machines stop between two events, or in the midst of a write to the disk, and start again.
    case crashes
    /// A write to the disk gives an error, or the disk is full for a while.
    case diskErrors
    /// Connections break at any byte.
    case cuts
    /// Links that are slow, or whose frames come late.
    case delays
    /// Links between some nodes on which nothing passes, or only one way.
    case partitions
    /// Clocks off by up to ten years.
    case wrongClocks
    /// Clocks that are set while the node runs.
    case clockSteps
    /// A person's program keeps a transaction open.
    case heldLocks
    /// Admins add columns, tables and indexes while others are away.
    case schemaChanges
    /// Nodes that join in mid-run.
    case lateJoiners
    /// A member whose software signs what must be void.
    case hostileMembers
    /// A peer whose frames are altered, doubled, dropped, swapped or those of another session.
    case alteredFrames
    /// Transactions too large for memory.
    case largeChangesets
    /// People do at one time what does not fit together.
    case clashes
    /// People settle what is listed.
    case resolving
    /// Peers that pass on some feeds and not others, in any order: what comes waits for what its author had seen.
    case partialDeliveries
    /// Two processes of one node at once: one that serves, and a person's command.
    case secondProcesses
    /// Replicas that are put back to what a backup has of them.
    case backups
    /// Machines that are put back to an image of their whole disk, and write on: nothing on them tells, and feeds go
    /// two ways.
    case forks
    /// Machines that are copied, with their keys, and both go on.
    case copies
    /// Members who may only read, and try to write.
    case readers
    /// Invitations that are over before anybody shows them.
    case expiredInvitations
    /// The file that tells a node how far it had got is put back alone, older than the replica beside it.
    case oldWitnesses
    /// Disks that flip a bit of what the log has.
    case alteredLogs
    /// Sessions that stay once all is exchanged, so that what comes later is pushed.
    case standingSessions
    /// Admins who end and lessen rights, give them back, and release.
    case endedRights
    /// Files that somebody carries between nodes: lost, repeated, out of order, altered.
    case bundles
    /// Disks that alter bytes of a node's files, in its pages as well as in what they hold.
    case damagedFiles
}
