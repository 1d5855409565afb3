import Foundation
import Testing

@Suite("The simulator as a command")
struct LaboratoryTests {
    /// Swift hashes otherwise in each process, so what goes by the order of a dictionary is told by a second one.
    /// Worlds with carried files, with forks, with every hand: of each seed once each had another trace.
    @Test(
        "The same seed gives the same trace in every process",
        arguments: [90_210, 90_219, 90_225, 90_240, 90_244, 90_270, 90_285, 90_289, 90_290, 90_294])
    func repeats(seed: Int) throws {
        let command = URL(fileURLWithPath: Shell.command).deletingLastPathComponent().appendingPathComponent("synclab")
        let runs = try (0..<2).map { _ in
            try Shell.run(command.path, ["simulate", "--seed", "\(seed)", "--no-shrink"])
        }
        let traces = runs.map { $0.lines.first { $0.contains("trace hash") } }
        #expect(runs.allSatisfy { $0.status == 0 }, "\(runs.map(\.out))")
        #expect(traces[0] != nil)
        #expect(traces[0] == traces[1])
    }
}
