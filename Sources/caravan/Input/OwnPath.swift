import Foundation

/// The path at which this command can be run again.
enum OwnPath {
    /// The name by which it was called, where that leads to this program, for an update may put another file there;
    /// else the file itself.
    static var path: String {
        // Where the machine's C library is too old, the program is started by a script, which says so.
        if let script = Surroundings.environment["CARAVAN_COMMAND"], script.hasPrefix("/"),
            FileManager.default.isExecutableFile(atPath: script)
        {
            return script
        }
        let file = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().path
        guard let called = CommandLine.arguments.first else { return file }
        return candidates(called).first { URL(fileURLWithPath: $0).resolvingSymlinksInPath().path == file } ?? file
    }

    private static func candidates(_ called: String) -> [String] {
        if called.contains("/") {
            return [URL(fileURLWithPath: called).standardizedFileURL.path]
        }
        let folders = (Surroundings.environment["PATH"] ?? "").split(separator: ":")
        return folders.filter { $0.hasPrefix("/") }.map { $0 + "/" + called }
    }
}
