/// The measures of a node: their names, kinds, and what each is, as the article Operating lists them.
enum MeasureCatalogue {
    struct Entry {
        let name: String
        let kind: PrometheusFamily.Kind
        let help: String
    }

    static let help = Dictionary(uniqueKeysWithValues: entries.map { ($0.name, $0.help) })

    static let entries = counters + timers + gauges

    private static let counters = [
        ("sessions_ended", "Sessions that ended, by reason."),
        ("refusals", "Refusals, by name and by which side refused."),
        ("bytes_sent", "Bytes sent through the sockets of sessions, TLS included, by peer."),
        ("bytes_received", "Bytes received through the sockets of sessions, TLS included, by peer."),
        ("wire_bytes", "Bytes through all sockets, both directions, as budgets count them."),
        ("changesets_sent", "Changesets that were put into streams, by peer."),
        ("rows_sent", "Rows in the changesets that were put into streams, by peer."),
        ("changesets_received", "Changesets that came and were not held, by peer."),
        ("changesets_applied", "Changesets of others that were applied."),
        ("rows_applied", "Rows in the changesets of others that were applied."),
        ("series_left_out", "Measurements in series beyond the bound of their name."),
    ].map { Entry(name: "caravan_\($0.0)_total", kind: .counter, help: $0.1) }

    private static let timers = [
        ("seal", "Seconds of each sealing of what people wrote."),
        ("fold", "Seconds of each slice of what came that is applied."),
    ].map { Entry(name: "caravan_\($0.0)_seconds", kind: .histogram, help: $0.1) }

    private static let gauges = [
        ("sessions_open", "Sessions that are open."),
        ("conflicts_open", "Conflicts that are listed."),
        ("changesets_held", "Changesets that are held."),
        ("changesets_waiting", "Changesets that are held and not applied yet."),
        ("changesets_unfinished", "Changesets of which only a part has come."),
        ("rows_unsealed", "Rows that people wrote and nobody has sealed."),
        ("peer_lag_changesets", "Changesets that the peer is not known to hold of what is here."),
        ("peer_lag_seconds", "Seconds for which the oldest of what the peer lacks waits."),
        ("peer_ahead_changesets", "Changesets that the peer said that it holds and are not here."),
        ("peer_clock_skew_seconds", "The peer's clock less this one at the last contact."),
        ("disk_bytes", "Bytes of the replica's files."),
        ("disk_free_bytes", "Bytes that the replica's disk has left."),
        ("wire_bytes_day", "Bytes through all sockets on this day, as budgets count them."),
        ("wire_bytes_month", "Bytes through all sockets in this month, as budgets count them."),
    ].map { Entry(name: "caravan_" + $0.0, kind: .gauge, help: $0.1) }
}
