import Foundation
import ReplicaModel
import Testing

@testable import SyncNode

@Suite("Names of the alliance's records in three languages")
struct RecordNamesTests {
    /// The tables as a founded node has them.
    private func founded() async throws -> [TableDefinition] {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("caravan-names-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let home = NodeHome(path: folder.path)
        _ = try await home.found(name: "a")
        return try await Node.open(home: home).admin.schema().tables
    }

    private func all(_ texts: RecordNames.Texts) -> [String] { [texts.zh, texts.ru, texts.en] }

    @Test(
        "Each table and column of the schema has a name in each language, and no name is of a column that is not there")
    func complete() async throws {
        let tables = try await founded()
        #expect(Set(RecordNames.tables.map(\.name)) == Set(tables.map(\.name)))
        for table in tables {
            let named = try #require(RecordNames.table(table.name))
            #expect(all(named.names).allSatisfy { !$0.isEmpty })
            #expect(all(named.about).allSatisfy { !$0.isEmpty })
            for column in table.columns {
                let texts = RecordNames.texts(of: column.name, in: table.name)
                #expect(texts.map(all)?.allSatisfy { !$0.isEmpty } == true, "\(table.name).\(column.name)")
            }
            let unknown = named.own.keys.filter { table.column($0) == nil }
            #expect(unknown.isEmpty, "\(table.name): \(unknown)")
        }
    }

    @Test("A header in any of the languages means one column of its table")
    func distinct() async throws {
        for table in try await founded() {
            var meant: [String: Identifier] = [:]
            for column in table.columns {
                let texts = try #require(RecordNames.texts(of: column.name, in: table.name))
                for header in Set((all(texts) + [column.name.text]).map { $0.lowercased() }) {
                    #expect(meant[header] == nil, "\(header) of \(table.name)")
                    meant[header] = column.name
                }
            }
        }
    }

    @Test("A column has its own name in its table, whatever the case in which it is asked for")
    func ownName() {
        #expect(RecordNames.texts(of: "NAME_ZH", in: "Trainee")?.zh == "中文姓名")
        #expect(RecordNames.texts(of: "name_zh", in: "institution")?.zh == "中文名称")
        #expect(RecordNames.texts(of: "name_zh", in: "nothing") == nil)
        #expect(RecordNames.texts(of: "nothing", in: "trainee") == nil)
    }

    @Test("Each word that a check permits has a name in each language, and no word has two")
    func words() async throws {
        #expect(Set(RecordWords.all.map(\.name)).count == RecordWords.all.count)
        var count = 0
        for check in try await founded().flatMap(\.checks) where check.expression.contains(" IN ('") {
            for word in check.expression.split(separator: "'").map(String.init).enumerated() where word.offset % 2 == 1
            {
                count += 1
                #expect(RecordWords.texts(of: word.element) != nil, "\(word.element)")
            }
        }
        #expect(count > 100)
    }

    @Test("A table that refers to one that names persons says something of persons")
    func persons() async throws {
        let naming = RecordNames.tables.filter { $0.persons == .named }.map(\.name)
        for table in try await founded() where table.references.contains(where: { naming.contains($0.table) }) {
            #expect(RecordNames.table(table.name)?.persons != RecordNames.Persons.none, "\(table.name)")
        }
    }

    @Test("The article Records and its diagram have each table and column, and the article each name")
    func article() async throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let catalogue = root.appendingPathComponent("Sources/SyncNode/Caravan.docc")
        let text = try String(contentsOf: catalogue.appendingPathComponent("Records.md"), encoding: .utf8)
        let drawing = try String(contentsOf: catalogue.appendingPathComponent("records.svg"), encoding: .utf8)
        let sections = text.components(separatedBy: "\n### ")
        for table in try await founded() {
            let section = try #require(sections.first { $0.hasPrefix("\(table.name)\n") })
            #expect(drawing.contains(">\(table.name)</text>"))
            for column in table.columns {
                let texts = try #require(RecordNames.texts(of: column.name, in: table.name))
                #expect(section.contains("| `\(column.name)` | \(all(texts).joined(separator: " | ")) |"))
            }
            for reference in table.references {
                #expect(drawing.contains("<title>\(table.name).\(reference.columns[0]) → \(reference.table)</title>"))
            }
        }
    }
}
