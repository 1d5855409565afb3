import Testing

@testable import SyncProtocol

@Suite("The bytes that may go through a node's sockets")
struct ByteBudgetTests {
    @Test("A budget is used up with its last byte, and of both the month's is told")
    func usedUp() {
        let budget = ByteBudget(day: 100, month: 1000)
        #expect(budget.usedUp(by: .init(day: 99, month: 999)) == nil)
        #expect(budget.usedUp(by: .init(day: 100, month: 999)) == .day)
        #expect(budget.usedUp(by: .init(day: 99, month: 1000)) == .month)
        #expect(budget.usedUp(by: .init(day: 500, month: 5000)) == .month)
        #expect(ByteBudget(month: 7).usedUp(by: .init(day: 6, month: 6)) == nil)
        #expect(ByteBudget().usedUp(by: .init(day: .max, month: .max)) == nil)
    }

    @Test("From nine tenths on it is told that a budget will be used up soon")
    func nearly() {
        let budget = ByteBudget(day: 100, month: 1000)
        #expect(budget.nearlyUsedUp(by: .init(day: 89, month: 899)) == [])
        #expect(budget.nearlyUsedUp(by: .init(day: 90, month: 899)) == [.day])
        #expect(budget.nearlyUsedUp(by: .init(day: 0, month: 900)) == [.month])
        #expect(budget.nearlyUsedUp(by: .init(day: 95, month: 950)) == [.day, .month])
        #expect(ByteBudget().nearlyUsedUp(by: .init(day: .max, month: .max)) == [])
        #expect(ByteBudget(day: .max).nearlyUsedUp(by: .init(day: .max, month: .max)) == [.day])
    }
}
