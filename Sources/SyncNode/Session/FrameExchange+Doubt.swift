import SyncProtocol
import SyncTransport
import SyncWire

/// A peer that may be gone without a word: this machine slept, or is on another network, or the peer came anew.
extension FrameExchange {
    /// Says ping at once where there is a doubt, whatever else waits to be sent.
    ///
    /// - Parameter doubts: moments of the steady clock.
    func ping(_ doubts: AsyncStream<Int64>) async throws -> SessionEnd? {
        let frame = MessageCodec.encode(.ping)
        for await _ in doubts where pulse.hasSpoken {
            do throws(TransportError) { try await connection.send(frame) } catch { return nil }
            pulse.spoke(at: Clocks.now.steady)
        }
        return nil
    }

    /// Cuts a connection at whose other end nobody is any more: after each doubt it is looked whether that machine has
    /// acknowledged anything since.
    ///
    /// - Parameter doubts: moments of the steady clock.
    func cut(_ doubts: AsyncStream<Int64>) async throws -> SessionEnd? {
        for await moment in doubts where pulse.hasSpoken {
            try await Task.sleep(for: .milliseconds(LinkState.doubtMax))
            let elapsed = Clocks.now.steady - moment
            guard let reach = await connection.reach,
                reach.isGone(doubtedFor: elapsed, isStanding: pulse.isStanding)
            else { continue }
            try giveUp("nobody was there any more after this machine slept, or one of the two had moved")
        }
        return nil
    }

    /// Cuts the connection of a session that stood where the other machine acknowledges nothing of what was sent.
    func giveUpIfSilent() async throws {
        guard pulse.hasSettled, let reach = await connection.reach, reach.isSilent else { return }
        try giveUp("the other machine acknowledged nothing for \(LinkState.owedMax / 1000) seconds")
    }

    private func giveUp(_ reason: String) throws(TransportError) {
        // Else who ends the session would wait for what the other side has to say.
        connection.abort()
        throw .lost(reason: reason)
    }
}
