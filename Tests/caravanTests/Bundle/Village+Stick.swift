import Foundation
import Testing

/// Nodes without a network, and what is carried between them.
extension Village {
    var stick: String { home("stick") }

    func plugStick() throws {
        try FileManager.default.createDirectory(atPath: stick, withIntermediateDirectories: true)
    }

    func onStick(_ name: String) -> String { stick + "/" + name }

    /// Founds an alliance at `first`; the others join it by files on the stick.
    func foundApart(_ first: String, others: [String], schema: String = Village.plainSchema) throws {
        try plugStick()
        let file = folder.appendingPathComponent("schema.sql")
        try schema.write(to: file, atomically: true, encoding: .utf8)
        try done(caravan(first, "init", "--name", first, "--schema", file.path))
        for other in others {
            let (request, grant) = (onStick(other + ".request"), onStick(other + ".grant"))
            try done(caravan(other, "join", "--request", request, "--name", other))
            try done(caravan(first, "invite", "--grant", request, "--output", grant))
            try done(caravan(other, "join", "--grant", grant))
        }
    }

    static let plainSchema = "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, v TEXT);"

    func done(_ outcome: Shell.Outcome) throws { guard outcome.status == 0 else { throw Failure(outcome) } }

    func insert(_ node: String, _ id: String) throws {
        try done(sqlite(node, "INSERT INTO t VALUES ('\(id)', 'of \(node)')"))
    }

    func object(_ outcome: Shell.Outcome) throws -> [String: Any] { try json(outcome).first ?? [:] }

    /// The files that the alliance has on the stick.
    func carried() throws -> [String] {
        let folders = try FileManager.default.contentsOfDirectory(atPath: stick).filter { $0.hasPrefix("caravan-") }
        return try folders.flatMap { folder in
            try FileManager.default.contentsOfDirectory(atPath: onStick(folder)).sorted().map {
                onStick(folder + "/" + $0)
            }
        }
    }
}
