/// Why the author of an operation signed nonsense.
enum RowFault: String {
    case encoding = "not deterministic CBOR"
    case shape = "not an operation"
    case cellCount = "not as many values as its table has columns"
    case noTable = "a row without a table"
    case column = "columns that are not in ascending order, or that its table has not"
    case order = "keys that are not in ascending order"
    case text = "text that is not UTF-8, or tagged as not UTF-8 and is"
    case key = "a key of more than 4,096 bytes"
    case tooLarge = "an operation of more than 128 MiB, or a value of more than 64"
}

enum RowOutcome {
    case row(number: UInt64, end: Int)
    /// A table item begins here.
    case table
    /// The buffer must have so many bytes before it is worth trying again.
    case incomplete(needed: Int)
    case fault(RowFault)
}

extension OperationCursor {
    private enum CellOutcome {
        case whole, incomplete, refused, tooLarge
    }

    /// Reads the item at `position`. Structure first, then text and order, so that what waits for more bytes is not
    /// checked again and again.
    @inline(__always)
    mutating func parse(_ base: UnsafeRawPointer, end: Int) -> RowOutcome {
        let array = CBORHead.read(base, at: position, end: end)
        guard array.status == .whole else { return broken(array, end: end) }
        guard array.major == CBORMajor.array else { return .fault(.shape) }
        var offset = position + array.size
        let number = CBORHead.read(base, at: offset, end: end)
        guard number.status == .whole else { return broken(number, end: end) }
        guard number.major == CBORMajor.unsigned, number.argument <= 3 else { return .fault(.shape) }
        offset += number.size
        if number.argument == 0 { return .table }
        guard keyCount > 0 else { return .fault(.noTable) }
        let cellCount = number.argument == 1 ? keyCount + otherCount : keyCount
        guard array.argument == UInt64(1 + cellCount + (number.argument == 2 ? 1 : 0)) else {
            return .fault(.cellCount)
        }
        resizeCells(to: cellCount)
        let outcome = readCells(base, at: &offset, end: end)
        guard outcome == .whole else { return broken(outcome, at: offset, end: end) }
        guard isKeySmall else { return .fault(.key) }
        if number.argument == 2, let outcome = readColumns(base, at: &offset, end: end) { return outcome }
        guard isTextAsTagged(base) else { return .fault(.text) }
        guard isKeyAfterPrevious(base) else { return .fault(.order) }
        return .row(number: number.argument, end: offset)
    }

    private func broken(_ head: CBORHead, end: Int) -> RowOutcome {
        head.status == .incomplete ? .incomplete(needed: end + 1) : .fault(.encoding)
    }

    private func broken(_ outcome: CellOutcome, at offset: Int, end: Int) -> RowOutcome {
        switch outcome {
        case .tooLarge: .fault(.tooLarge)
        case .incomplete: .incomplete(needed: max(offset, end + 1))
        default: .fault(.encoding)
        }
    }

    /// Reads the map of an update. Nil if it is whole.
    private mutating func readColumns(_ base: UnsafeRawPointer, at offset: inout Int, end: Int) -> RowOutcome? {
        let map = CBORHead.read(base, at: offset, end: end)
        guard map.status == .whole else { return broken(map, end: end) }
        guard map.major == CBORMajor.map, map.argument <= UInt64(otherCount) else { return .fault(.column) }
        offset += map.size
        var smallest: UInt64 = 0
        for _ in 0..<map.argument {
            let index = CBORHead.read(base, at: offset, end: end)
            guard index.status == .whole else { return broken(index, end: end) }
            guard index.major == CBORMajor.unsigned, index.argument >= smallest, index.argument < UInt64(otherCount)
            else {
                return .fault(.column)
            }
            smallest = index.argument + 1
            columnIndexes.append(Int(index.argument))
            offset += index.size
            var cell = CellView.null
            let outcome = Self.readCell(base, at: &offset, end: end, into: &cell)
            guard outcome == .whole else { return broken(outcome, at: offset, end: end) }
            cells.append(cell)
        }
        return nil
    }

    /// Rows of one kind follow each other, so mostly there is nothing to do.
    @inline(__always)
    private mutating func resizeCells(to count: Int) {
        if !columnIndexes.isEmpty { columnIndexes.removeAll(keepingCapacity: true) }
        if cells.count > count { cells.removeLast(cells.count - count) }
        while cells.count < count { cells.append(.null) }
    }

    /// Fills `cells`.
    @inline(__always)
    private mutating func readCells(_ base: UnsafeRawPointer, at offset: inout Int, end: Int) -> CellOutcome {
        cells.withUnsafeMutableBufferPointer { room in
            for index in room.indices {
                let outcome = Self.readCell(base, at: &offset, end: end, into: &room[index])
                if outcome != .whole { return outcome }
            }
            return .whole
        }
    }

    /// Reads the cell at `offset` and moves behind it; if its bytes are not all there, to where they would end.
    @inline(__always)
    private static func readCell(
        _ base: UnsafeRawPointer, at offset: inout Int, end: Int, into cell: inout CellView
    ) -> CellOutcome {
        let head = CBORHead.read(base, at: offset, end: end)
        guard head.status == .whole else { return head.status == .incomplete ? .incomplete : .refused }
        switch head.major {
        case CBORMajor.unsigned, CBORMajor.negative:
            guard head.argument <= UInt64(Int64.max) else { return .refused }
            let bits = head.major == CBORMajor.unsigned ? head.argument : ~head.argument
            cell = CellView(.integer, payload: bits)
            offset += head.size
            return .whole
        case CBORMajor.text: return readString(.text, head, at: &offset, end: end, into: &cell)
        case CBORMajor.bytes: return readString(.blob, head, at: &offset, end: end, into: &cell)
        case CBORMajor.tag:
            guard head.argument == notUTF8Tag else { return .refused }
            offset += head.size
            let inner = CBORHead.read(base, at: offset, end: end)
            guard inner.status == .whole else { return inner.status == .incomplete ? .incomplete : .refused }
            guard inner.major == CBORMajor.bytes else { return .refused }
            return readString(.text, inner, at: &offset, end: end, into: &cell, isUTF8: false)
        case CBORMajor.other:
            if head.form == CBORForm.null {
                cell = .null
            } else if let real = ShortestFloat.read(head) {
                cell = CellView(.real, payload: real.bitPattern)
            } else {
                return .refused
            }
            offset += head.size
            return .whole
        default: return .refused
        }
    }

    @inline(__always)
    private static func readString(
        _ kind: CellView.Kind, _ head: CBORHead, at offset: inout Int, end: Int, into cell: inout CellView,
        isUTF8: Bool = true
    ) -> CellOutcome {
        guard head.argument <= UInt64(WireLimits.valueBytesMax) else { return .tooLarge }
        let count = Int(head.argument)
        let start = offset + head.size
        offset = start + count
        guard offset <= end else { return .incomplete }
        cell = CellView(kind, offset: start, count: count, isUTF8: isUTF8)
        return .whole
    }

    @inline(__always)
    private func isTextAsTagged(_ base: UnsafeRawPointer) -> Bool {
        cells.withUnsafeBufferPointer { cells in
            for cell in cells where cell.kind == .text {
                guard UTF8Check.isValid(base + cell.offset, count: cell.count) == cell.isUTF8 else { return false }
            }
            return true
        }
    }

    @inline(__always)
    private var isKeySmall: Bool {
        var bytes = 0
        for index in 0..<keyCount { bytes += cells[index].hasBytes ? cells[index].count : 8 }
        return bytes <= WireLimits.keyBytesMax
    }

    @inline(__always)
    private func isKeyAfterPrevious(_ base: UnsafeRawPointer) -> Bool {
        for index in previousKey.indices {
            let order = CellView.compare(previousKey[index], cells[index], in: base)
            if order != 0 { return order < 0 }
        }
        return previousKey.isEmpty
    }
}
