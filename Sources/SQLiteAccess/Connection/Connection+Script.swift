import CSQLite

extension Connection {
    /// The next statement of a text, nil for blanks and comments, and where what follows it begins. Nil at the end of
    /// the text.
    ///
    /// - Parameters:
    ///   - text: ends with NUL. It is not copied, so a script of any number of statements is read once.
    ///   - start: where to begin.
    package func statement(of text: [CChar], from start: Int) throws(StoreError) -> (Statement?, next: Int)? {
        guard start < text.count, text[start] != 0 else { return nil }
        var handle: OpaquePointer?
        let (code, used) = text.withUnsafeBufferPointer { buffer in
            let first = buffer.baseAddress.map { $0 + start }
            var tail: UnsafePointer<CChar>?
            let code = sqlite3_prepare_v2(self.handle, first, -1, &handle, &tail)
            let used = tail.flatMap { tail in first.map { tail - $0 } } ?? buffer.count - 1 - start
            return (code, used)
        }
        guard code == SQLITE_OK else { throw failure(doing: "preparing") }
        return (handle.map { Statement(connection: self, adopting: $0) }, start + used)
    }
}
