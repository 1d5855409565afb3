import Foundation

extension Village {
    /// Makes a node with one table of two columns: it is there in no time.
    func foundSmall(_ node: String) throws -> Bool {
        let file = folder.appendingPathComponent("small.sql")
        try "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, x TEXT);".write(
            to: file, atomically: true, encoding: .utf8)
        return try caravan(node, "init", "--name", "a", "--schema", file.path).status == 0
    }

    /// A program that has a node's replica for itself.
    ///
    /// - Returns: the program, and what has it end once it is closed.
    func lock(_ node: String) throws -> (Process, FileHandle) {
        let program = """
            import sqlite3, sys
            client = sqlite3.connect(sys.argv[1], isolation_level=None)
            client.execute("PRAGMA locking_mode=EXCLUSIVE")
            client.execute("BEGIN EXCLUSIVE")
            client.execute("SELECT count(*) FROM t").fetchall()
            print("locked", flush=True)
            sys.stdin.read()
            """
        let (process, out, input) = (Process(), Pipe(), Pipe())
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", program, home(node) + "/replica.sqlite"]
        (process.standardInput, process.standardOutput) = (input, out)
        try process.run()
        guard Shell.firstLine(of: out) == "locked" else { throw CocoaError(.fileReadUnknown) }
        return (process, input.fileHandleForWriting)
    }
}
