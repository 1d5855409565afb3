import Foundation
import SyncWire
import Testing

@testable import SyncNode

@Suite("A file that is written beside its place")
struct OutputFileTests {
    private let folder = FileManager.default.temporaryDirectory.path + "/caravan-output-\(UUID().uuidString)"

    private func inFolder(_ body: () throws -> Void) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body()
    }

    private func content(_ text: String) -> [UInt8] { CarriedLimits.magic + Array(text.utf8) }

    private func read(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: path))) }

    @Test("Of two who write the same file at once neither puts what the other has begun in its place")
    func both() throws {
        try inFolder {
            let place = folder + "/file"
            let one = try OutputFile(place)
            try one.write(content("half of "))
            let other = try OutputFile(place)
            try other.write(content("whole"))
            try other.finish()
            #expect(try read(place) == content("whole"))
            try one.write(Array("one".utf8))
            try one.finish()
            #expect(try read(place) == content("half of one"))
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["file"])
        }
    }

    @Test("One that is not finished leaves what stood there, and nothing else")
    func dropped() throws {
        try inFolder {
            let place = folder + "/file"
            let good = try OutputFile(place)
            try good.write(content("good"))
            try good.finish()
            do {
                let bad = try OutputFile(place)
                try bad.write(content("bad"))
            }
            #expect(try read(place) == content("good"))
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["file"])
        }
    }

    @Test("What is left behind is swept, and what somebody is writing is not")
    func swept() throws {
        try inFolder {
            let left = folder + "/" + OutputFile.mark + "left"
            try Data("x".utf8).write(to: URL(fileURLWithPath: left))
            let file = try OutputFile(folder + "/file")
            #expect(!FileManager.default.fileExists(atPath: left))
            OutputFile.sweep(folder)
            try file.write(content("y"))
            try file.finish(as: folder + "/other")
            #expect(try read(folder + "/other") == content("y"))
        }
    }

    @Test("A disk that is gone is an error, and so is something else that stands there")
    func errors() throws {
        try inFolder {
            #expect(throws: NodeError.self) { try OutputFile.sync(folder: folder + "/gone") }
            #expect(throws: NodeError.self) { try OutputFile.sync(diskOf: folder + "/gone") }
            try OutputFile.sync(folder: folder)
            try OutputFile.sync(diskOf: folder)
            try Data("a thesis".utf8).write(to: URL(fileURLWithPath: folder + "/thesis"))
            #expect { try OutputFile(folder + "/thesis") } throws: { ($0 as? NodeError)?.kind == .usage }
            #expect { try OutputFile(folder) } throws: { ($0 as? NodeError)?.kind == .usage }
        }
    }
}
