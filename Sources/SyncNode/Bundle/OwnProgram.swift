import Foundation
import SyncWire

/// The files of which the running program consists, for a machine that has none of them: the program itself, and every
/// library that it has loaded, the C library with its loader among them.
struct OwnProgram {
    struct File {
        /// The name in the program's folder: `caravan`, `libsqlite3.so.0`, `libc/libc.so.6`.
        let name: String
        let path: String
        let bytes: Int
        let hash: String
    }

    /// The files by name, ascending.
    let files: [File]
    /// The kind of machine that it runs on, as `x86_64-linux`.
    let system: String
    let version: String

    /// - Throws: `usage` where the system does not tell what the program has loaded, or `disk`.
    init(version: String = Node.version) async throws(NodeError) {
        self.version = version
        guard let system = Self.running, let loaded = Self.loaded(), loaded.contains(where: { $0.name == Self.main })
        else {
            throw NodeError(
                kind: .usage,
                message: "this system does not tell of which files its programs consist: leave --with-program out")
        }
        self.system = system
        var files: [File] = []
        for (name, path) in loaded {
            guard !path.hasSuffix(" (deleted)") else {
                throw NodeError(
                    kind: .usage, message: "the program was replaced since this command began: run it again")
            }
            let (hash, bytes) = try await Self.hash(path)
            files.append(File(name: name, path: path, bytes: bytes, hash: hash))
        }
        self.files = files.sorted { $0.name < $1.name }
    }

    /// The name of the program in its folder.
    static let main = "caravan"
    /// The folder of the C library and its loader, which are used only where the machine's own are older: a loader and
    /// a library of different versions do not work together.
    static let libcFolder = "libc"

    /// Bytes of all files.
    var bytes: Int { files.reduce(0) { $0 + $1.bytes } }

    /// A line for each file, as `sha256sum -c` reads them.
    var sums: String { files.map { "\($0.hash)  \($0.name)\n" }.joined() }

    /// The name of the folder that holds these very files.
    var folder: String { "\(system)-\(version)-\(ContentHash.of(Array(sums.utf8)).hex.prefix(8))" }

    /// The SHA-256 of a file, and its size. Others run between its pieces.
    static func hash(_ path: String) async throws(NodeError) -> (hash: String, bytes: Int) {
        let file = try InputFile(path)
        var (hash, bytes) = (RunningHash(), 0)
        while true {
            let piece = try file.next()
            guard !piece.isEmpty else { return (hash.finish().hex, bytes) }
            hash.update(piece)
            bytes += piece.count
            await Task.yield()
        }
    }

    /// The kind of this machine as `uname` says it, in small letters.
    private static var running: String? {
        var facts = utsname()
        guard uname(&facts) == 0 else { return nil }
        func text<Field>(_ field: Field) -> String {
            withUnsafeBytes(of: field) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        }
        return "\(text(facts.machine))-\(text(facts.sysname))".lowercased()
    }

    /// Each file from which code is mapped into this process, by the name under which the loader looks for it. Nil
    /// where the system has no such list.
    private static func loaded() -> [(name: String, path: String)]? {
        #if os(Linux)
            guard let maps = try? maps() else { return nil }
            let here: @convention(c) () -> Void = {}
            let own = unsafeBitCast(here, to: UInt.self)
            var found: [String: String] = [:]
            for line in maps.split(separator: "\n") {
                let fields = line.split(separator: " ", maxSplits: 5, omittingEmptySubsequences: true)
                guard fields.count == 6, fields[1].contains("x") else { continue }
                let path = String(fields[5].drop { $0 == " " })
                let ends = fields[0].split(separator: "-").compactMap { UInt($0, radix: 16) }
                guard path.hasPrefix("/"), ends.count == 2 else { continue }
                if (ends[0]..<ends[1]).contains(own) {
                    found[main] = path
                } else if let name = object(at: ends[0]) {
                    found[name] = path
                }
            }
            return found.map { ($0.key, $0.value) }
        #else
            return nil
        #endif
    }

    #if os(Linux)
        /// The list of what is mapped, piece by piece: the system says of it that it has no bytes.
        private static func maps() throws(NodeError) -> String {
            let file = try InputFile("/proc/self/maps")
            var bytes: [UInt8] = []
            while true {
                let piece = try file.next()
                guard !piece.isEmpty else { return String(decoding: bytes, as: UTF8.self) }
                bytes += piece
            }
        }

        /// The file whose code stands at an address, named as the loader knows it: what is mapped has a longer name,
        /// with the number of its version.
        private static func object(at address: UInt) -> String? {
            guard let symbol = dlsym(nil, "dladdr") else { return nil }
            let tell = unsafeBitCast(symbol, to: Teller.self)
            // The path of the object, its base, and the nearest symbol with its address.
            var facts = [UnsafePointer<CChar>?](repeating: nil, count: 4)
            let isFound = facts.withUnsafeMutableBytes { tell(UnsafeRawPointer(bitPattern: address), $0.baseAddress) }
            guard isFound != 0, let path = facts[0] else { return nil }
            let name = URL(fileURLWithPath: String(cString: path)).lastPathComponent
            return isOfLibc(name) ? "\(libcFolder)/\(name)" : name
        }

        /// The type of `dladdr`, which the headers show only to programs that ask for extensions.
        private typealias Teller = @convention(c) (UnsafeRawPointer?, UnsafeMutableRawPointer?) -> Int32

        private static func isOfLibc(_ name: String) -> Bool {
            let parts = ["libc", "libm", "libmvec", "libpthread", "libdl", "librt", "libresolv", "libutil", "libanl"]
            return name.hasPrefix("ld-") || name.hasPrefix("libnss_") || parts.contains { name.hasPrefix($0 + ".so") }
        }
    #endif
}
