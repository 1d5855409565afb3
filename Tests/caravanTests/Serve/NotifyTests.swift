import Foundation
import Testing

@Suite("What a server tells the manager that started it", .serialized)
struct NotifyTests {
    let village: Village

    init() throws {
        village = try Village()
        #expect(try village.foundSmall("a"))
    }

    private func manager(isAbstract: Bool = false) throws -> ManagerSocket {
        try ManagerSocket(in: village.folder, isAbstract: isAbstract)
    }

    private func start(_ manager: ManagerSocket, _ more: [String: String] = [:]) throws -> Process {
        let (process, _, _) = try Shell.start(
            Shell.command, ["--home", village.home("a"), "serve", "--listen", "127.0.0.1:0"],
            environment: more.merging(["NOTIFY_SOCKET": manager.name]) { $1 })
        return process
    }

    @Test("It is ready when it listens, and says where and with whom; then that it stops", arguments: [false, true])
    func ready(isAbstract: Bool) throws {
        let manager = try manager(isAbstract: isAbstract)
        let process = try start(manager)
        let ready = try #require(manager.message(with: "READY=1"))
        #expect(ready.contains("\nSTATUS=serving at 127.0.0.1:"))
        #expect(ready.hasSuffix(", connected with nobody"))
        process.terminate()
        #expect(manager.message(with: "STOPPING=1") == "STOPPING=1\nSTATUS=stopping")
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        #expect(!manager.told.contains { $0.contains("WATCHDOG") })
    }

    @Test("A watchdog that waits for this process is told again and again; one of another process is not")
    func watchdog() throws {
        let manager = try manager()
        let process = try start(manager, ["WATCHDOG_USEC": "400000"])
        #expect(manager.message(with: "READY=1") != nil)
        for _ in 0..<3 { #expect(manager.message(with: "WATCHDOG=1") == "WATCHDOG=1") }
        process.terminate()
        process.waitUntilExit()
        let other = try ManagerSocket(in: village.folder, isAbstract: true)
        let second = try start(other, ["WATCHDOG_USEC": "400000", "WATCHDOG_PID": "1"])
        #expect(other.message(with: "READY=1") != nil)
        second.terminate()
        #expect(other.message(with: "STOPPING=1") != nil)
        second.waitUntilExit()
        #expect(!other.told.contains { $0.contains("WATCHDOG") })
    }

    @Test("A replica that another program keeps locked is waited for, not an end, and is served once it is free")
    func locked() throws {
        let (locker, key) = try village.lock("a")
        let manager = try manager()
        let process = try start(manager)
        let waiting = try #require(manager.message(with: "STATUS=waiting"))
        #expect(waiting.contains("STATUS=waiting, for the replica was locked by another program"))
        #expect(waiting.contains("EXTEND_TIMEOUT_USEC="))
        #expect(manager.message(with: "STATUS=waiting") != nil)
        try key.close()
        locker.waitUntilExit()
        #expect(manager.message(with: "READY=1") != nil)
        process.terminate()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        let log = try String(contentsOfFile: village.home("a") + "/serve.log", encoding: .utf8)
        #expect(log.split(separator: "\n").filter { !$0.contains("more like it") }.count == 1, "\(log)")
    }

    @Test(
        "A full disk is waited for, not an end, and is served once there is room", .enabled(if: Village.canMount))
    func full() throws {
        try village.mount("b", "-t", "tmpfs", "-o", "size=8m", "tmpfs")
        #expect(try village.foundSmall("b"))
        let filler = village.home("b") + "/filler"
        _ = try Shell.run("bash", ["-c", "cat /dev/zero > '\(filler)'"])
        for file in ["-wal", "-shm"] {
            try? FileManager.default.removeItem(atPath: village.home("b") + "/replica.sqlite" + file)
        }
        let manager = try manager()
        let (process, _, _) = try Shell.start(
            Shell.command, ["--home", village.home("b"), "serve", "--listen", "127.0.0.1:0"],
            environment: ["NOTIFY_SOCKET": manager.name])
        let waiting = try #require(manager.message(with: "STATUS="))
        #expect(waiting.contains("the disk of"), "\(waiting)")
        try FileManager.default.removeItem(atPath: filler)
        #expect(manager.message(with: "READY=1") != nil)
        process.terminate()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }

    @Test("An address that another program has is waited for where a manager waits, and is an end where a person does")
    func taken() throws {
        let first = try manager()
        let other = try start(first)
        let address = try #require(
            first.message(with: "READY=1")?.split(separator: " ").first { $0.hasPrefix("127.") }?.dropLast())
        let arguments = ["--home", village.home("a"), "serve", "--listen", "\(address)"]
        let refused = try Shell.run(Shell.command, arguments)
        #expect(refused.status == 2)
        #expect(refused.err.contains("Another program already listens on \(address)"))
        let second = try ManagerSocket(in: village.folder, isAbstract: true)
        let (waiting, _, _) = try Shell.start(
            Shell.command, arguments, environment: ["NOTIFY_SOCKET": second.name])
        #expect(second.message(with: "STATUS=waiting, for Another program already listens") != nil)
        other.terminate()
        other.waitUntilExit()
        #expect(second.message(with: "READY=1") != nil)
        waiting.terminate()
        waiting.waitUntilExit()
        #expect(waiting.terminationStatus == 0)
    }
}
