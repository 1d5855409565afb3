import Foundation
import ReplicaModel
import SyncWire

/// The part of a stick that belongs to one alliance: a folder of its own in the folder that people name. What else is
/// on the stick is left alone.
///
/// Names have small letters, digits, hyphens and a point, so that every file system takes them; no time stamp of a file
/// means anything.
struct Stick: Sendable {
    /// The folder that people name.
    let root: String
    let folder: String

    /// A file on the stick, as its head says; nothing of it was checked.
    struct Found: Sendable {
        let path: String
        let head: CarriedHead
        let bytes: Int
        /// Whether it lies in the folder of the alliance, where a node may delete it.
        let isOurs: Bool

        var name: String { URL(fileURLWithPath: path).lastPathComponent }
    }

    /// Names the folder, which is read. Nothing is written before ``prepare()``.
    ///
    /// - Throws: `usage` where there is no such folder, or where the alliance's has the name of something else.
    init(_ root: String, of alliance: Bytes32) throws(NodeError) {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: root, isDirectory: &isFolder), isFolder.boolValue else {
            throw NodeError(
                kind: .usage, message: "there is no folder \(root): name the one at which the stick is mounted")
        }
        let name = "caravan-" + alliance.hex.prefix(16)
        guard URL(fileURLWithPath: root).standardizedFileURL.lastPathComponent != name else {
            throw NodeError(
                kind: .usage,
                message: "\(root) is what this alliance has on the stick: name the folder that it lies in")
        }
        self.root = root
        folder = root + "/" + name
        var facts = stat()
        guard lstat(folder, &facts) == 0 else { return }
        try Self.refuseOther(folder)
    }

    /// Makes the alliance's folder ready to be written to.
    ///
    /// - Throws: `readOnly` or `diskFull`.
    func prepare() throws(NodeError) {
        let isNew = !Self.isFolder(folder)
        try Self.make(folder, rights: 0o755)
        if isNew { shareAsRoot() }
    }

    /// Lets those write into the folder who may write onto the stick: on a file system with owners, the next place has
    /// another user. Where modes cannot be set everybody may anyway.
    private func shareAsRoot() {
        var facts = stat()
        guard stat(root, &facts) == 0, facts.st_mode & 0o022 != 0 else { return }
        _ = chmod(folder, 0o755 | facts.st_mode & 0o1022)
    }

    /// Deletes what was being written when the stick was pulled out, or a command was ended.
    func sweep() { if Self.isFolder(folder) { OutputFile.sweep(folder) } }

    /// Makes a folder on a stick, unless it is there.
    ///
    /// - Throws: `readOnly`, `diskFull` or `disk`; `usage` where something else has its name: a link, which people can
    ///   put on some sticks, leads to files of the machine.
    static func make(_ folder: String, rights: mode_t) throws(NodeError) {
        guard mkdir(folder, rights) == 0 || errno == EEXIST else {
            // The stick is gone.
            if [EIO, ENODEV, ENXIO, ENOENT, ENOTDIR].contains(errno) { throw OutputFile.failure(folder) }
            throw NodeError(
                kind: errno == ENOSPC ? .diskFull : .readOnly,
                message: "\(folder) cannot be made: check that the stick is not locked or full, and whose it is")
        }
        try refuseOther(folder)
    }

    private static func refuseOther(_ folder: String) throws(NodeError) {
        guard isFolder(folder) else {
            throw NodeError(
                kind: .usage,
                message: "\(folder) is a link or a file, and a folder is to be there: delete it, and run this again")
        }
    }

    /// Whether a name is that of a folder, and not of a link to one.
    static func isFolder(_ path: String) -> Bool {
        var facts = stat()
        return lstat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFDIR
    }

    static let suffix = ".caravan"

    /// The names in a folder, but for hidden ones: what is being written, and what other systems put beside a file.
    private static func names(in folder: String) throws(NodeError) -> [String] {
        try entries(of: folder).filter { !$0.hasPrefix(".") }.sorted()
    }

    /// All names in a folder; none where it is not there yet.
    ///
    /// - Throws: `disk` where they cannot be read to their end: a folder of which that is not known is not empty.
    static func entries(of folder: String) throws(NodeError) -> [String] {
        guard let directory = opendir(folder) else {
            guard errno != ENOENT else { return [] }
            throw unread(folder, errno)
        }
        defer { closedir(directory) }
        var names: [String] = []
        while true {
            errno = 0
            guard let entry = readdir(directory) else { break }
            let name = withUnsafePointer(to: &entry.pointee.d_name) { place in
                place.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        guard errno == 0 else { throw unread(folder, errno) }
        return names
    }

    private static func unread(_ folder: String, _ error: Int32) -> NodeError {
        NodeError(
            kind: .disk,
            message:
                """
                the folder \(folder) could not be read (\(String(cString: strerror(error)))): check that the disk is \
                still there and not failing, and whose the folder is, and try again
                """
        )
    }

    /// The files that caravan wrote for an alliance, wherever they lie: in its folder, or beside it.
    ///
    /// - Throws: `disk` where it is not known what lies there.
    func found(of alliance: Bytes32) throws(NodeError) -> [Found] {
        let ours = try Self.names(in: folder).map { (folder + "/" + $0, true) }
        let beside = try Self.names(in: root)
        let likely = beside.filter { Self.endings.contains(URL(fileURLWithPath: $0).pathExtension) }
        let rest = beside.count > likely.count ? Array(Set(beside).subtracting(likely)).sorted() : []
        let others = (likely + rest).prefix(Self.othersMax).map { (root + "/" + $0, false) }
        return (ours + others).compactMap { path, isOurs in
            guard let (head, bytes) = Self.head(of: path), head.alliance == alliance else { return nil }
            return Found(path: path, head: head, bytes: bytes, isOurs: isOurs)
        }
    }

    /// The endings of names that people mostly give to what caravan writes: of very many files these are looked at
    /// first.
    private static let endings: Set<String> = ["caravan", "bundle", "request", "grant"]
    /// Files of other people that are looked at, each for its first bytes.
    private static let othersMax = 10_000

    /// The head of a file and the file's size; nil where it is none of caravan's, or its head cannot be read.
    ///
    /// A stick may have thousands of other people's files: of each the first bytes say that it is none of these.
    static func head(of path: String) -> (CarriedHead, Int)? {
        guard let file = try? InputFile(path), let magic = try? file.next(CarriedLimits.magic.count),
            magic == CarriedLimits.magic
        else { return nil }
        var reader = CarriedFileReader()
        reader.append(magic)
        while let piece = try? file.next(headBytes), !piece.isEmpty {
            reader.append(piece)
            do {
                guard let part = try reader.next() else { continue }
                if case .head(let head) = part { return (head, file.size) }
            } catch { return nil }
        }
        return nil
    }

    /// Bytes of most heads.
    private static let headBytes = 8 << 10

    /// Files of the alliance's folder that cannot be read at all.
    func unreadable() throws(NodeError) -> [String] {
        try Self.names(in: folder).filter { $0.hasSuffix(Self.suffix) }.map { folder + "/" + $0 }.filter {
            Self.head(of: $0) == nil
        }
    }

    /// Deletes what a node has written here and the stick has spoilt, as one may that was pulled out too soon: its
    /// announcement and its bundles are written again.
    func deleteSpoilt(of site: SiteID) throws(NodeError) {
        let own = [announcement(of: site), folder + "/" + site.hex.prefix(16) + "-"]
        for path in try unreadable() where own.contains(where: path.hasPrefix) { Self.clear(path) }
    }

    /// Has nothing stand at a place where one of the alliance's files belongs.
    ///
    /// - Returns: whether that could be done.
    @discardableResult
    static func clear(_ path: String) -> Bool {
        // A folder of that name is nothing that anybody made on purpose; one that has something in it is kept.
        unlink(path) == 0 || rmdir(path) == 0 || rename(path, path + "-spoilt") == 0
    }

    /// Whether a file has a name by which nodes leave one here, and lies in the alliance's folder.
    func isNamedByUs(_ path: String) -> Bool {
        guard path.hasPrefix(folder + "/"), path.hasSuffix(Self.suffix) else { return false }
        let parts = path.dropFirst(folder.count + 1).dropLast(Self.suffix.count).split(
            separator: "-", omittingEmptySubsequences: false)
        func isHex(_ part: Substring, _ count: Int) -> Bool { part.count == count && part.allSatisfy(\.isHexDigit) }
        switch parts.count {
        case 2: return parts[0] == "ask" && isHex(parts[1], 16) || parts[0] == "sealed" && isHex(parts[1], 32)
        case 3: return isHex(parts[0], 16) && isHex(parts[1], 16) && UInt64(parts[2]) != nil
        default: return false
        }
    }

    var program: StickProgram { StickProgram(root) }

    func announcement(of site: SiteID) -> String { folder + "/ask-" + site.hex.prefix(16) + Self.suffix }

    func sealed(_ id: HashPrefix) -> String { folder + "/sealed-" + id.bytes.hex + Self.suffix }

    /// A place for another bundle.
    func bundle(from site: SiteID, to other: SiteID) -> String {
        let beginning = folder + "/" + site.hex.prefix(16) + "-" + other.hex.prefix(16) + "-"
        var number = 1
        while FileManager.default.fileExists(atPath: beginning + "\(number)" + Self.suffix) { number += 1 }
        return beginning + "\(number)" + Self.suffix
    }

    /// Bytes of the alliance's folder; as many as leave no room where that cannot be read.
    var bytes: Int {
        guard let names = try? Self.entries(of: folder) else { return .max / 4 }
        return names.reduce(0) { sum, name in
            let size = (try? FileManager.default.attributesOfItem(atPath: folder + "/" + name))?[.size] as? NSNumber
            return sum + (size?.intValue ?? 0)
        }
    }

    /// Bytes that the stick has left.
    var free: Int {
        let facts = try? FileManager.default.attributesOfFileSystem(forPath: folder)
        return (facts?[.systemFreeSize] as? NSNumber)?.intValue ?? .max
    }

    /// Everything that was written is on the stick once this returns.
    ///
    /// - Throws: `disk` where the stick is gone or failing.
    func settle() throws(NodeError) {
        try OutputFile.sync(folder: folder)
        try OutputFile.sync(folder: root)
        try OutputFile.sync(diskOf: folder)
    }
}
