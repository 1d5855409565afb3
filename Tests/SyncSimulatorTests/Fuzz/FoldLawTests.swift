import ReplicaModel
import ReplicaStore
import SyncWire
import Testing

@testable import SyncSimulator

@Suite("The law of the fold")
struct FoldLawTests {
    private let folder = ScratchFolder()
    private let changesets: [FoldChangeset]
    private let view: FoldView

    /// Two authors write one cell, neither having seen the other, and one of them updates a row that nobody inserted.
    init() throws {
        var authors = (1...2).map { FoldAuthor(key: FuzzKeys.sites[$0], incarnation: .first, skew: 0, authors: 2) }
        for number in authors.indices {
            Self.put("x", .insert(["a": .integer(Int64(number)), "n": .null]), into: &authors[number])
            authors[number].seal(at: Int64(number), among: authors, number: number)
        }
        Self.put("y", .update(["n": .integer(1)]), into: &authors[0])
        authors[0].seal(at: 5, among: authors, number: 0)
        changesets = authors.flatMap(\.sealed)
        let replica = try FoundedReplica.template.replica(in: folder)
        _ = try replica.accept(changesets.map(\.incoming), now: FoundedReplica.now)
        view = try FoldView(of: replica)
    }

    private static func put(_ key: String, _ action: RowOperation.Action, into author: inout FoldAuthor) {
        let row = RowOperation(table: "item", key: [.text(key)], action: action)
        author.pending[RowName(table: row.table, key: row.key)] = row
    }

    private func violation(_ change: (inout FoldView) -> Void = { _ in }) -> String? {
        var changed = view
        change(&changed)
        return FoldLaw.violation(of: changed, by: changesets.map(\.defined))
    }

    @Test("What a replica shows of some changesets is what the definition makes of them")
    func holds() {
        #expect(view.rows.count == 1)
        #expect(view.conflicts.count == 1)
        #expect(view.void.count == 1)
        #expect(violation() == nil)
    }

    @Test("A row too few, a row too many and another value are seen")
    func rows() {
        #expect(violation { $0.rows = [:] } != nil)
        #expect(violation { $0.rows[RowName(table: "item", key: [.text("z")])] = [:] } != nil)
        #expect(violation { $0.rows[RowName(table: "item", key: [.text("x")])]?["a"] = .real(1) } != nil)
    }

    @Test("A conflict that is not listed is seen, and a changeset that counts or not where it should not")
    func reports() {
        #expect(violation { $0.conflicts = [] } != nil)
        #expect(violation { $0.void = [] } != nil)
        #expect(violation { $0.void.insert(changesets[0].defined.id) } != nil)
    }
}

@Suite("The law of definitions")
struct SchemaLawTests {
    @Test("Another schema, other tables, other void changesets, another roster and other vectors are seen")
    func differences() throws {
        let view = try SchemaView(after: [FuzzCorpus.author.sealed.map(\.incoming)])
        #expect(SchemaLaw.violation(of: view, view) == nil)
        let changes: [(inout SchemaView) -> Void] = [
            { $0.schema.tables.removeLast() }, { $0.digest = .zero }, { $0.members.removeLast() }, { $0.applied += 1 },
            { $0.void.formSymmetricDifference([FuzzCorpus.author.sealed[0].defined.id]) },
        ]
        for change in changes {
            var other = view
            change(&other)
            #expect(SchemaLaw.violation(of: view, other) != nil)
        }
    }
}
