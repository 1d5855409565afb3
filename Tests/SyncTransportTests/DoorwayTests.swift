import Testing

@testable import SyncTransport

@Suite struct DoorwayTests {
    @Test("whose network has its share gives way, oldest first, and nobody of another network does")
    func share() {
        var doorway = Doorway.ofHandshakes
        #expect(doorway.enter(0, from: "quiet") == nil)
        for number in 1...doorway.ofOneNetworkMax { #expect(doorway.enter(number, from: "loud") == nil) }
        #expect(doorway.enter(1000, from: "loud") == 1)
        #expect(doorway.enter(1001, from: "loud") == 2)
        doorway.leave(3)
        #expect(doorway.enter(1002, from: "loud") == nil)
        #expect(doorway.enter(1003, from: "loud") == 4)
    }

    @Test("where all room is taken the oldest of a network with most gives way")
    func room() {
        var doorway = Doorway.ofHandshakes
        var number = 0
        func address(_ number: Int) -> String { number < 3 ? "single \(number)" : "pair \(number / 2)" }
        while number < doorway.clientsMax {
            #expect(doorway.enter(number, from: address(number)) == nil)
            number += 1
        }
        #expect(doorway.enter(number, from: "newcomer") == 4)
        #expect(doorway.enter(number + 1, from: "other newcomer") == 6)
    }

    @Test("a machine with many addresses of IPv6 is one network, and an address of IPv4 however it is written")
    func networks() {
        func network(_ host: String) -> String { HostPort(host: host, port: 1).network }
        #expect(network("2001:db8:1:2::1") == network("2001:db8:1:2:ffff::9"))
        #expect(network("2001:db8:1:2::1") != network("2001:db8:1:3::1"))
        #expect(network("::ffff:192.0.2.7") == network("192.0.2.7"))
        #expect(network("192.0.2.7") != network("192.0.2.8"))
    }

    @Test("who has come to belong is no more in the way")
    func belonging() {
        var doorway = Doorway(clientsMax: 3, ofOneNetworkMax: 2)
        #expect(doorway.enter(1, from: "a") == nil)
        #expect(doorway.enter(2, from: "a") == nil)
        doorway.keep { $0 != 1 }
        #expect(doorway.enter(3, from: "a") == nil)
        #expect(doorway.enter(4, from: "a") == 2)
    }
}
