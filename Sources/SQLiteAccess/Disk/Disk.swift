/// The place where SQLite's files lie. The system's disk is what people have; another is what a simulation gives, so
/// that a crash can lose what was never made durable. Used from one thread at a time.
package protocol Disk: AnyObject {
    /// A file by its whole path, or one without a name that goes when it is closed.
    func open(_ path: String?, isCreating: Bool) throws(DiskFault) -> any DiskFile
    func delete(_ path: String) throws(DiskFault)
    func exists(_ path: String) -> Bool
    /// The mark that tells a file from a copy of it; nil if there is none.
    func identity(of path: String) -> FileIdentity?
    /// Milliseconds since 1970, as SQL's date functions have them.
    var wallClock: Int64 { get }
    /// SQLite waits for a lock.
    func slept(milliseconds: Int64)
}

/// An opening of a file. Locks are those of the opening, contents and shared memory those of the file.
package protocol DiskFile: AnyObject {
    /// How many bytes were there to be read; the rest of `bytes` is left alone.
    func read(into bytes: UnsafeMutableRawBufferPointer, at offset: Int) throws(DiskFault) -> Int
    func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(DiskFault)
    func truncate(to size: Int) throws(DiskFault)
    /// Makes what was written durable; it is durable once this returns.
    func sync() throws(DiskFault)
    var size: Int { get throws(DiskFault) }

    /// The levels of www.sqlite.org/lockingv3.html: 0 none, 1 shared, 2 reserved, 3 pending, 4 exclusive. False if
    /// another has a lock that forbids it.
    func lock(_ level: Int32) throws(DiskFault) -> Bool
    func unlock(_ level: Int32)
    var isReserved: Bool { get }

    /// A region of the memory that all openings of this file share. Nil if it is not there and `isExtending` is false.
    func sharedRegion(_ number: Int, bytes: Int, isExtending: Bool) throws(DiskFault) -> UnsafeMutableRawPointer?
    /// Locks or unlocks slots of that memory. False if another opening has a lock that forbids it.
    func lockShared(slots: Range<Int>, isExclusive: Bool) throws(DiskFault) -> Bool
    func unlockShared(slots: Range<Int>)
    func leaveShared(isDeleting: Bool)
    func close()
}

package enum DiskFault: Error {
    case broken, full, missing
}
