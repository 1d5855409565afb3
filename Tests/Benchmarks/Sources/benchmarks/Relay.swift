import Foundation

/// A program between the receiver and the author's server that counts the bytes which pass.
final class Relay {
    /// Bytes of one connection.
    struct Count {
        /// Bytes from the receiver to the author.
        var up: Double
        /// Bytes from the author to the receiver.
        var down: Double
    }

    let address: String
    private let process: Process
    private let input = Pipe()
    private let lines: LineReader

    init(_ command: [String]) throws {
        process = Process()
        process.executableURL = URL(fileURLWithPath: command[0])
        process.arguments = Array(command.dropFirst())
        process.standardInput = input
        let out = Pipe()
        process.standardOutput = out
        lines = LineReader(out)
        try process.run()
        guard let port = lines.next() else {
            process.terminate()
            throw Failure.silent("the relay")
        }
        address = "127.0.0.1:" + port
    }

    /// The bytes that passed by the next connection that ends.
    func count() throws -> Count {
        let numbers = lines.next()?.split(separator: " ").compactMap { Double($0) } ?? []
        guard numbers.count == 2 else { throw Failure.silent("the relay") }
        return Count(up: numbers[0], down: numbers[1])
    }

    func stop() {
        process.terminate()
        process.waitUntilExit()
    }
}
