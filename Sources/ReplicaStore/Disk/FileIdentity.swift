import CSQLite

/// What the system knows a file by, whatever it is called: a copy of it is another.
package struct FileIdentity: Hashable, Sendable {
    package let device: UInt64
    package let number: UInt64
    /// When it was made, in nanoseconds since 1970, for a number is used again once its file is gone; 0 where that is not known.
    package let born: Int64

    package init(device: UInt64, number: UInt64, born: Int64) {
        self.device = device
        self.number = number
        self.born = born
    }

    /// A file that cannot be looked at.
    static let unknown = FileIdentity(device: 0, number: 0, born: 0)

    /// Of a file on the system's disk.
    static func of(_ path: String) -> FileIdentity {
        var (device, number, born) = (UInt64(0), UInt64(0), Int64(0))
        guard caravan_file_identity(path, &device, &number, &born) != 0 else { return .unknown }
        return FileIdentity(device: device, number: number, born: born)
    }

    /// As the replica keeps it. Where the time of birth is known the device is left out: many file systems number theirs anew with every start of the
    /// machine, and nothing is copied within the nanosecond.
    var text: String { born == 0 ? "\(device):\(number)" : "\(number):\(born)" }
}
