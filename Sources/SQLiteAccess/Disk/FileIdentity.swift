import CSQLite

/// The numbers by which the system knows a file, whatever it is called: a copy of it is another.
package struct FileIdentity: Hashable, Sendable {
    package let device: UInt64
    package let number: UInt64
    /// The time at which the file was made, in nanoseconds since 1970, for a number is used again once its file is
    /// gone; 0 where that is not known.
    package let born: Int64

    package init(device: UInt64, number: UInt64, born: Int64) {
        self.device = device
        self.number = number
        self.born = born
    }

    /// A file that cannot be looked at.
    package static let unknown = FileIdentity(device: 0, number: 0, born: 0)

    /// The identity of a file on the system's disk; `unknown` where it cannot be looked at.
    package static func of(_ path: String) -> FileIdentity {
        var (device, number, born) = (UInt64(0), UInt64(0), Int64(0))
        guard caravan_file_identity(path, &device, &number, &born) != 0 else { return .unknown }
        return FileIdentity(device: device, number: number, born: born)
    }

    /// The identity as the replica keeps it.
    package var text: String { born == 0 ? "\(device):\(number)" : "\(number):\(born)" }

    /// Whether the replica kept it of this file. Where the time of birth is known it says so alone: many file systems
    /// number their files, or themselves, anew with every mount, and no copy is born with its original. Where it is not
    /// known, a file of another number is another; one on another device may be the same, mounted again, if it lies in
    /// the same place.
    ///
    /// - Parameter isSamePlace: as far as one can say.
    package func isSame(as kept: String, isSamePlace: Bool) -> Bool {
        let parts = kept.split(separator: ":").map { Int64($0) ?? 0 }
        guard parts.count == 2, number != 0 else { return kept == text }
        if kept == "\(device):\(number)" { return true }
        return born == 0 ? UInt64(bitPattern: parts[1]) == number && isSamePlace : parts[1] == born
    }
}
