/// A conflict, and since when it is open.
package struct DatedConflict: Sendable {
    package let report: ConflictReport
    /// The stamp of the write by which it came to be.
    package let since: Stamp

    package init(report: ConflictReport, since: Stamp) { (self.report, self.since) = (report, since) }
}
