import Foundation
import ReplicaModel
import ReplicaStore

/// The folder in which a node keeps files for later, beside its replica: bundles that lack what comes before them, and
/// encrypted ones that it carries for others. Each was checked from its first byte to its last before it came here.
struct BundleShelf: Sendable {
    let folder: String

    init(_ home: NodeHome) { folder = home.path + "/bundles" }

    /// A file that is kept.
    struct Kept: Sendable {
        let path: String
        let bytes: Int
        /// Whether it waits here, or is only carried on.
        let isWaiting: Bool

        /// The id of the file, as its name has it.
        var id: HashPrefix? {
            let name = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
            return [UInt8](hex: name).flatMap { HashPrefix($0) }
        }
    }

    private static let (waiting, carried) = (".waiting", ".carried")
    /// More than some years of a place without a network, and less than fills the disk of a laptop.
    private static let bytesMax = 8 << 30

    /// All that is kept, by name.
    func kept() -> [Kept] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.sorted().compactMap { name in
            guard name.hasSuffix(Self.waiting) || name.hasSuffix(Self.carried) else { return nil }
            let path = folder + "/" + name
            let size = (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? NSNumber
            return Kept(path: path, bytes: size?.intValue ?? 0, isWaiting: name.hasSuffix(Self.waiting))
        }
    }

    /// Moves a file of a scratch folder beside this one here. Durable once this returns.
    func keep(_ file: String, id: HashPrefix, isWaiting: Bool) throws(NodeError) {
        let place = folder + "/" + id.bytes.hex + (isWaiting ? Self.waiting : Self.carried)
        guard !FileManager.default.fileExists(atPath: place) else { return }
        let bytes = try InputFile(file).size
        guard kept().reduce(bytes, { $0 + $1.bytes }) <= Self.bytesMax else {
            throw NodeError(
                kind: .refused, name: "too-much",
                message:
                    """
                    more than \(Self.bytesMax >> 30) GiB of files that were carried here wait in \(folder): import what \
                    they lack, or remove the oldest of them
                    """
            )
        }
        guard mkdir(folder, 0o700) == 0 || errno == EEXIST else {
            throw NodeError(kind: .readOnly, message: "the folder \(folder) cannot be made: check whose its place is")
        }
        let descriptor = open(file, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw OutputFile.failure(place) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw OutputFile.failure(place) }
        try NodeHome.move(file, to: place)
    }

    func remove(_ kept: Kept) { unlink(kept.path) }

    /// Whether an encrypted file is here to be carried on.
    func carries(_ id: HashPrefix) -> Bool {
        FileManager.default.fileExists(atPath: folder + "/" + id.bytes.hex + Self.carried)
    }

    /// A folder for files that are being looked at, which goes with the object.
    func scratch() throws(NodeError) -> ScratchFolder {
        ScratchFolder.sweep(beside: folder)
        return try saying { try ScratchFolder(beside: folder) }
    }
}
