import ArgumentParser
import Foundation
import ReplicaModel
import SyncNode

@main struct Caravan: AsyncParsableCommand {
    @Option var home: String
    @Option var name: String?
    @Option var schema: String?
    @Argument var words: [String]

    func run() async throws {
        let home = NodeHome(path: home)
        do {
            switch words[0] {
            case "init":
                let f = try await Node.found(home: home, name: name, schemaSQL: try schema.map { try String(contentsOfFile: $0, encoding: .utf8) }, allowIntegerKey: [])
                print(f.site.hex, f.tables)
            case "invite": print(try await Node.open(home: home).invite(role: .member, expiresInSeconds: 3600, addresses: Array(words.dropFirst())))
            case "join": print(try await Node.join(home: home, code: words[1], name: name, progress: { _ in }).name)
            case "serve": try await Node.open(home: home).serve(listen: words.dropFirst().first, onListening: { print("listening on \($0)"); fflush(nil) })
            case "sync": for o in try await Node.open(home: home).sync(peers: Array(words.dropFirst()), progress: { _ in }) { print(o.peer, o.sent, o.received, o.applied, o.error?.message ?? "ok") }
            case "peer": try await Node.open(home: home).addPeer(name: words[1], addresses: [words[2]])
            case "sql": try await Node.open(home: home).sql(words[1], row: { print($1.map { "\($0)" }.joined(separator: "|")) })
            case "status":
                let s = try await Node.open(home: home).status(digest: true)
                print(s.rows.sorted { $0.key < $1.key }, "changesets", s.changesets, "pending", s.pending, "held", s.held, "void", s.void, "conflicts", s.conflicts, s.digest!.hex)
            case "log": try await Node.open(home: home).log(LogQuery(reverse: true, context: true), each: { print($0) })
            case "conflicts": for c in try await Node.open(home: home).conflicts(table: nil, kind: nil) { print(c) }
            case "verify": print(try await Node.open(home: home).verify(progress: { _, _ in }))
            default: print("?")
            }
        } catch let e as NodeError { print("ERROR", e.name, e.message); throw ExitCode(3) }
    }
}
