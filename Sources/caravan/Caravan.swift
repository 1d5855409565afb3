import ArgumentParser
import Foundation
import ReplicaModel
import SyncNode

func q(_ s: String) -> String {
    var o = "\""
    for u in s.unicodeScalars {
        switch u {
        case "\"": o += "\\\""
        case "\\": o += "\\\\"
        default: if u.value < 32 { o += "\\u" + String(repeating: "0", count: 4 - String(u.value, radix: 16).count) + String(u.value, radix: 16) } else { o.unicodeScalars.append(u) }
        }
    }
    return o + "\""
}
func j(_ v: Value) -> String {
    switch v {
    case .null: return "null"
    case .integer(let i): return "\(i)"
    case .real(let r): return r.isInfinite ? "{\"real\":\"\(r < 0 ? "-" : "")inf\"}" : "\(r)"
    case .text(let b): if let s = String(validating: b, as: UTF8.self) { return q(s) } else { return "{\"text\":\"\(Data(b).base64EncodedString())\"}" }
    case .blob(let b): return "{\"blob\":\"\(Data(b).base64EncodedString())\"}"
    }
}
func l(_ v: [Value]) -> String { "[" + v.map(j).joined(separator: ",") + "]" }
func d(_ v: [String: Value]) -> String { "{" + v.sorted { $0.key < $1.key }.map { q($0.key) + ":" + j($0.value) }.joined(separator: ",") + "}" }
func vec(_ v: Vector) -> String { "{" + v.sorted { $0.key < $1.key }.map { q($0.key.description) + ":\($0.value)" }.joined(separator: ",") + "}" }
func w(_ w: WriteReport) -> String { "\"site\":\(q(w.site.hex)),\"feed\":\(q(w.feed.description)),\"seq\":\(w.seq)" }
@main struct Caravan: AsyncParsableCommand {
    @Option var home: String
    @Option var name: String?
    @Option var schema: String?
    @Option var listen: String?
    @Option var allowIntegerKey: [String] = []
    @Flag var json = false
    @Flag var digest = false
    @Flag var reverse = false
    @Flag var context = false
    @Argument var words: [String]

    func run() async throws {
        let home = NodeHome(path: home)
        do {
            switch words[0] {
            case "init":
                let f = try await Node.found(home: home, name: name, schemaSQL: try schema.map { try String(contentsOfFile: $0, encoding: .utf8) }, allowIntegerKey: allowIntegerKey)
                print(f.site.hex, f.tables)
            case "invite": print(try await Node.open(home: home).invite(role: .member, expiresInSeconds: 3600, addresses: Array(words.dropFirst())))
            case "join": print(try await Node.join(home: home, code: words[1], name: name, progress: { _ in }).name)
            case "serve": try await Node.open(home: home).serve(listen: listen, onListening: { print("listening on \($0)"); fflush(nil) })
            case "sync": for o in try await Node.open(home: home).sync(peers: Array(words.dropFirst()), progress: { _ in }) { print(o.peer, o.sent, o.received, o.applied, o.error?.message ?? "ok"); if o.error != nil { throw ExitCode(3) } }
            case "peer": if words[1] == "add" { try await Node.open(home: home).addPeer(name: words[2], addresses: [words[3]]) } else { try await Node.open(home: home).removePeer(name: words[2]) }
            case "sql": try await Node.open(home: home).sql(words[1], row: { print($1.map { "\($0)" }.joined(separator: "|")) })
            case "status":
                let s = try await Node.open(home: home).status(digest: true)
                print("{\"versionVector\":\(vec(s.versionVector)),\"changesets\":\(s.changesets),\"pending\":\(s.pending),\"held\":\(s.held),\"void\":\(s.void),\"conflicts\":\(s.conflicts),\"digest\":\"\(s.digest!.hex)\"}")
            case "log": try await Node.open(home: home).log(LogQuery(reverse: reverse, context: context), each: { c in
                    let ops = (c.operations ?? []).map { o in
                        switch o.action { case .insert(let v): "{\"table\":\(q(o.table)),\"op\":\"insert\",\"key\":\(l(o.key)),\"values\":\(d(v))}"
                        case .update(let v): "{\"table\":\(q(o.table)),\"op\":\"update\",\"key\":\(l(o.key)),\"values\":\(d(v))}"
                        case .delete: "{\"table\":\(q(o.table)),\"op\":\"delete\",\"key\":\(l(o.key))}" } }
                    var reason = ""; if case .void(let r) = c.standing { reason = ",\"reason\":\(q(r))" }
                    let st = String(c.stamp.bits, radix: 16)
                    print("{\"feed\":\(q(c.feed.description)),\"site\":\(q(c.feed.site.hex)),\"seq\":\(c.seq),\"stamp\":\"\(st)\",\"hash\":\"\(c.hash.hex)\",\"counts\":\(c.standing == .counts)\(reason),\"context\":\(vec(c.context ?? [:])),\"operations\":[\(ops.joined(separator: ","))]}")
                })
            case "conflicts": for c in try await Node.open(home: home).conflicts(table: nil, kind: nil) {
                switch c.kind {
                case .cell(let col, let shown, let cand): print("{\"kind\":\"cell\",\"table\":\(q(c.table)),\"key\":\(l(c.key)),\"column\":\(q(col)),\"shown\":\(j(shown)),\"candidates\":[\(cand.map { "{\"value\":\(j($0.value)),\(w($0.write))}" }.joined(separator: ","))]}")
                case .deletedEdited(let dd): print("{\"kind\":\"deleted-edited\",\"table\":\(q(c.table)),\"key\":\(l(c.key)),\"deletes\":[\(dd.map { "{\(w($0))}" }.joined(separator: ","))]}")
                } }
            case "verify": let r = try await Node.open(home: home).verify(progress: { _, _ in }); print("{\"findings\":[\(r.findings.map { q($0.message) }.joined(separator: ","))]}")
            default: print("?")
            }
        } catch let e as NodeError { FileHandle.standardError.write(Data("ERROR \(e.name) \(e.message)\n".utf8)); throw ExitCode(3) }
    }
}
