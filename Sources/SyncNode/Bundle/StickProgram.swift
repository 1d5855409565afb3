import Foundation

/// The program on a stick, so that a laptop without any network can be a node: a folder beside those of the alliances,
/// with a set of files for each kind of machine, what installs one of them, and a page that says how.
///
/// A set is in a folder of its own, with the hashes of its files in a file that is written last: it is whole, or
/// nothing installs it. The one before it is deleted only then.
struct StickProgram {
    let folder: String

    init(_ root: String) { folder = root + "/caravan-program" }

    static let sums = "SHA256SUMS"
    static let installer = "install.sh"

    /// Puts the running program there, unless it is there already, or one of a higher version.
    ///
    /// - Parameter room: tells the bytes that may be written. It is asked once what is of no use was deleted.
    func put(
        _ program: OwnProgram, room: () -> Int, at node: isolated Node
    ) async throws(NodeError) -> ExchangeReport.Program {
        try Stick.make(folder, rights: 0o755)
        for name in sets(of: program.system) where name == program.folder || isNewer(name, than: program) {
            guard await isWhole(name, of: program) else { continue }
            try writePages(onlyMissing: name != program.folder)
            return .there
        }
        // What a stick has that was pulled out in the middle would keep it full for ever.
        for name in sets(of: program.system) where name == program.folder || !isFinished(name) { remove(name) }
        guard program.bytes + Self.pagesBytes <= room() else { return noRoom(for: program) }
        do throws(NodeError) {
            do throws(NodeError) { try await copy(program) } catch {
                remove(program.folder)
                throw error
            }
            try writePages(onlyMissing: false)
        } catch {
            guard error.kind == .diskFull else { throw error }
            return noRoom(for: program)
        }
        for name in sets(of: program.system) where name != program.folder { remove(name) }
        return .written(bytes: program.bytes)
    }

    /// The outcome where the program does not fit. A folder that has nothing is not left behind.
    private func noRoom(for program: OwnProgram) -> ExchangeReport.Program {
        rmdir(folder)
        return .noRoom(bytes: program.bytes)
    }

    /// Bytes of everything in the folder.
    var bytes: Int {
        guard let files = FileManager.default.enumerator(atPath: folder) else { return 0 }
        return files.reduce(0) { sum, _ in sum + ((files.fileAttributes?[.size] as? NSNumber)?.intValue ?? 0) }
    }

    /// The folders of sets for a kind of machine.
    private func sets(of system: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasPrefix(system + "-") }.sorted()
    }

    private func isNewer(_ name: String, than program: OwnProgram) -> Bool {
        let version = name.dropFirst(program.system.count + 1).prefix { $0 != "-" }
        return Self.numbers(program.version).lexicographicallyPrecedes(Self.numbers(version))
    }

    private static func numbers(_ version: some StringProtocol) -> [Int] {
        version.split(separator: ".").map { Int($0) ?? 0 }
    }

    /// Whether a set was written to its end.
    private func isFinished(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: folder + "/" + name + "/" + Self.sums)
    }

    /// Whether a set has every file as its list of hashes says, and has no other name of one in that list than of what
    /// lies in it. The list is what anybody may have written who had the stick.
    private func isWhole(_ name: String, of program: OwnProgram) async -> Bool {
        let set = folder + "/" + name
        guard Stick.isFolder(set), let list = try? String(contentsOfFile: set + "/" + Self.sums, encoding: .utf8),
            !list.isEmpty, name != program.folder || list == program.sums
        else { return false }
        for line in list.split(separator: "\n") {
            let parts = line.split(separator: " ", maxSplits: 1)
            guard parts.count == 2 else { return false }
            let file = parts[1].drop { $0 == " " }
            guard Self.isWithin(file, set), let found = try? await OwnProgram.hash(set + "/" + file),
                found.hash == parts[0]
            else { return false }
        }
        return true
    }

    /// Whether a file lies in a set: no name leads out of it, and no link does.
    private static func isWithin(_ name: Substring, _ set: String) -> Bool {
        var place = set
        for part in name.split(separator: "/", omittingEmptySubsequences: false) {
            guard Stick.isFolder(place), !["", ".", ".."].contains(part) else { return false }
            place += "/" + part
        }
        var facts = stat()
        return lstat(place, &facts) == 0 && facts.st_mode & S_IFMT == S_IFREG
    }

    private func copy(_ program: OwnProgram) async throws(NodeError) {
        let set = folder + "/" + program.folder
        try Stick.make(set, rights: 0o755)
        if program.files.contains(where: { $0.name.hasPrefix(OwnProgram.libcFolder + "/") }) {
            try Stick.make(set + "/" + OwnProgram.libcFolder, rights: 0o755)
        }
        for file in program.files {
            try await OutputFile.copy(file.path, to: set + "/" + file.name, for: .anyone)
        }
        try OutputFile.sync(folder: folder)
        try write(program.sums, to: program.folder + "/" + Self.sums)
    }

    /// Deletes a set, the list of its files first: what is left of it when the stick is pulled out is not taken for
    /// whole.
    private func remove(_ name: String) {
        let set = folder + "/" + name
        // Of a link, the link alone.
        guard Stick.isFolder(set) else {
            unlink(set)
            return
        }
        unlink(set + "/" + Self.sums)
        try? OutputFile.sync(folder: set)
        try? FileManager.default.removeItem(atPath: set)
    }

    private func writePages(onlyMissing: Bool) throws(NodeError) {
        for (name, text) in [(Self.installer, ProgramPages.installer), ("README.txt", ProgramPages.readme)] {
            if onlyMissing, FileManager.default.fileExists(atPath: folder + "/" + name) { continue }
            try write(text, to: name)
        }
    }

    private static let pagesBytes = 64 << 10

    private func write(_ text: String, to name: String) throws(NodeError) {
        let file = try OutputFile(folder + "/" + name, for: .anyone)
        try file.write(Array(text.utf8))
        try file.finish()
    }
}
