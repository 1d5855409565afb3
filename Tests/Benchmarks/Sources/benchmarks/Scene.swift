import Foundation

/// A folder with a plain file and two nodes in it, the author and the receiver, and the commands that work there.
final class Scene {
    enum Node: String {
        case author, receiver
    }

    let rows: Int
    let say: (String) -> Void
    private let folder: URL
    private let caravan: String
    private let plain: String
    private let options: [String]

    init(caravan: String, rows: Int, cache: Int, say: @escaping (String) -> Void) throws {
        (self.caravan, self.rows, self.say) = (caravan, rows, say)
        options = ["--cache", String(cache)]
        let own = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        plain = own.deletingLastPathComponent().appendingPathComponent("plain").path
        let name = "caravan-benchmarks-\(UUID().uuidString)"
        folder = FileManager.default.temporaryDirectory.appendingPathComponent(name)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    }

    func clear() { try? FileManager.default.removeItem(at: folder) }

    var plainFile: String { path("plain.sqlite") }
    private var trial: String { path("trial.sqlite") }
    func replica(_ node: Node) -> String { path(node.rawValue + "/replica.sqlite") }
    private func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    /// Makes both nodes, members of one alliance with the table, and the plain file with the same table.
    func found() throws {
        try Self.schema.write(toFile: path("schema.sql"), atomically: true, encoding: .utf8)
        try caravan(.author, "init", "--name", "author", "--schema", path("schema.sql"))
        // Nobody is dialled but when a figure says so.
        let configuration = "interval: 86400\n"
        try configuration.write(toFile: path("author/config.yaml"), atomically: true, encoding: .utf8)
        try serving { _ in
            let code = try caravan(.author, "invite").out
            try caravan(.receiver, "join", code, "--name", "receiver")
        }
        try plain(["create", plainFile, replica(.author)])
    }

    /// Runs the author's server while `act` does something, and ends it whatever comes of that.
    func serving<Value>(_ act: (Server) throws -> Value) throws -> Value {
        let command = [caravan, "--home", path(Node.author.rawValue), "serve", "--listen", "127.0.0.1:0"]
        let server = try Server([plain, "become"] + command, journal: path("serve.log"))
        do {
            let value = try act(server)
            try server.stop()
            return value
        } catch {
            server.kill()
            throw error
        }
    }

    /// Lets bytes between the receiver and a server pass a relay that counts them.
    func relay(to server: Server) throws -> Relay { try Relay([plain, "become", plain, "relay", server.port]) }

    @discardableResult
    func caravan(_ node: Node, _ arguments: String...) throws -> Finished { try caravan(node, arguments) }

    @discardableResult
    func caravan(_ node: Node, _ arguments: [String]) throws -> Finished {
        try measured([caravan, "--home", path(node.rawValue)] + arguments)
    }

    /// The cost of a command of which only the first lines are read, as by who looks at the first page.
    func firstLines(_ node: Node, _ arguments: [String]) throws -> Cost {
        let command = [caravan, "--home", path(node.rawValue)] + arguments
        return try measured(["/bin/sh", "-c", "\"$0\" \"$@\" | head -n 40"] + command).cost
    }

    @discardableResult
    func plain(_ arguments: [String]) throws -> Finished { try measured([plain] + options + arguments) }

    /// The cost of an act on the plain file: the median of three times, of which two are on copies, for every ratio of
    /// a run is one to it.
    func plainCost(_ act: String, _ arguments: [String]) throws -> Cost {
        let trials = try (0..<2).map { _ in
            try FileManager.default.copyItem(atPath: plainFile, toPath: trial)
            defer { try? FileManager.default.removeItem(atPath: trial) }
            return try plain([act, trial] + arguments).cost
        }
        let costs = trials + [try plain([act, plainFile] + arguments).cost]
        return Cost(cpu: costs.map(\.cpu).median, wall: costs.map(\.wall).median, peak: costs.map(\.peak).median)
    }

    /// The numbers that an act on plain SQLite prints.
    func numbers(_ arguments: String...) throws -> [Double] {
        let said = try plain(arguments).out
        let numbers = said.split(separator: " ").compactMap { Double($0) }
        guard !numbers.isEmpty else { throw Failure.unreadable(arguments.joined(separator: " "), said: said) }
        return numbers
    }

    private func measured(_ command: [String]) throws -> Finished {
        try Finished.measuring(command, with: plain, files: path("command"))
    }

    /// The key is a text, and the other columns are of all types: some 150 bytes.
    private static let schema = """
        CREATE TABLE enrolment (
            id TEXT NOT NULL PRIMARY KEY,
            student TEXT NOT NULL,
            institution TEXT NOT NULL,
            programme TEXT NOT NULL,
            semester INTEGER NOT NULL,
            credits INTEGER NOT NULL,
            grade REAL,
            enrolled TEXT NOT NULL
        );
        """
}
