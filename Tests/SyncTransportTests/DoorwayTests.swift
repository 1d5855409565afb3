import Testing

@testable import SyncTransport

@Suite struct DoorwayTests {
    @Test("whose address has its share gives way, oldest first, and nobody of another address does")
    func share() {
        var doorway = Doorway()
        #expect(doorway.enter(0, from: "quiet") == nil)
        for number in 1...Doorway.clientsOfOneAddressMax { #expect(doorway.enter(number, from: "loud") == nil) }
        #expect(doorway.enter(1000, from: "loud") == 1)
        #expect(doorway.enter(1001, from: "loud") == 2)
        doorway.leave(3)
        #expect(doorway.enter(1002, from: "loud") == nil)
        #expect(doorway.enter(1003, from: "loud") == 4)
    }

    @Test("where all room is taken the oldest of an address with most gives way")
    func room() {
        var doorway = Doorway()
        var number = 0
        func address(_ number: Int) -> String { number < 3 ? "single \(number)" : "pair \(number / 2)" }
        while number < Doorway.clientsMax {
            #expect(doorway.enter(number, from: address(number)) == nil)
            number += 1
        }
        #expect(doorway.enter(number, from: "newcomer") == 4)
        #expect(doorway.enter(number + 1, from: "other newcomer") == 6)
    }
}
