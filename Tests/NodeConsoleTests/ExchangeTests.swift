import Foundation
import ReplicaModel
import Testing

@testable import NodeConsole
@testable import SyncNode

@Suite("Exchanges that are begun in the console")
struct ExchangeTests {
    private func step(_ peer: String, _ number: Int) -> SyncProgress {
        SyncProgress(peer: peer, sent: UInt64(number), toSend: 1000, received: 0, applied: 0)
    }

    @Test("what is still told of an exchange when it is over is not taken for news of the next")
    func order() async throws {
        let exchanges = Exchanges()
        let (crowd, crowding) = AsyncStream<Void>.makeStream()
        let (ends, ending) = AsyncStream<Void>.makeStream()
        let crowdMax = 8
        let server = Task {
            await exchanges.run(News()) { (peers, progress) async throws(NodeError) in
                if peers == ["first"] {
                    var count = 0
                    for await _ in crowd {
                        count += 1
                        if count == crowdMax { break }
                    }
                    for number in 0..<200 { progress(step("first", number)) }
                } else {
                    progress(step("second", 1))
                    for await _ in ends { break }
                }
                return []
            }
        }
        #expect(await exchanges.begin(with: ["first"]))
        // Many who want the next one stand in the way of what is still to be taken in.
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<crowdMax {
                group.addTask {
                    crowding.yield()
                    while !Task.isCancelled {
                        if await exchanges.begin(with: ["second"]) { return }
                    }
                }
            }
            await group.next()
            group.cancelAll()
        }
        var seen: Set<String> = []
        while seen.isEmpty || seen == ["first"] {
            for step in await exchanges.state.steps { seen.insert(step.peer) }
            await Task.yield()
        }
        #expect(seen == ["second"])
        ending.yield()
        while await exchanges.state.isRunning { await Task.yield() }
        server.cancel()
        await server.value
    }

    @Test("what goes wrong with an exchange is kept for who looks, and another can be begun")
    func problem() async throws {
        let exchanges = Exchanges()
        let server = Task {
            await exchanges.run(News()) { (_, _) async throws(NodeError) in
                throw NodeError(kind: .unreachable, message: "nobody is there")
            }
        }
        #expect(await exchanges.begin(with: []))
        while await exchanges.state.isRunning { await Task.yield() }
        #expect(await exchanges.state.problem == "nobody is there")
        #expect(await exchanges.state.ended != nil)
        #expect(await exchanges.begin(with: []))
        server.cancel()
        await server.value
    }

    @Test("who is told to go waits no longer")
    func cancelled() async {
        let exchanges = Exchanges()
        #expect(await exchanges.begin(with: []))
        let waiter = Task {
            await exchanges.wait(atMost: .seconds(30))
            return "went"
        }
        waiter.cancel()
        let first = await withTaskGroup(of: String.self) { group in
            group.addTask { await waiter.value }
            group.addTask {
                try? await Task.sleep(for: .seconds(10))
                return "stayed"
            }
            defer { group.cancelAll() }
            return await group.next()
        }
        #expect(first == "went")
    }
}
