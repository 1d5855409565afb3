import Foundation

/// The place of a file on the system's disk: which machine, and its whole path.
package enum FilePlace {
    /// Empty where it cannot be said, which is no place.
    package static func text(of path: String, on disk: MountedDisk?) -> String {
        guard disk == nil, let machine = try? String(contentsOfFile: "/etc/machine-id", encoding: .utf8),
            machine.utf8.count > 1
        else { return "" }
        return machine.trimmingCharacters(in: .whitespacesAndNewlines) + " "
            + URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    }
}
