import Testing

@testable import SyncSimulator

@Suite("The seeded generator")
struct SeededGeneratorTests {
    @Test("A seed gives the same numbers in every process, and another seed gives others")
    func fixed() {
        var one = SeededGenerator(seed: 7)
        let numbers = (0..<3).map { _ in one.next() }
        var same = SeededGenerator(seed: 7)
        #expect(numbers == (0..<3).map { _ in same.next() })
        #expect(numbers == [9_648_886_400_068_060_533, 5_266_705_631_892_356_520, 14_646_652_180_046_636_950])
        var other = SeededGenerator(seed: 8)
        #expect(numbers != (0..<3).map { _ in other.next() })
    }
}
