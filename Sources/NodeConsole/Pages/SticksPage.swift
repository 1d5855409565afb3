import Foundation
import Hummingbird
import ReplicaModel
import SyncNode

/// Sync by files in the browser: what others lack to take away, and what they wrote to bring in.
enum SticksPage {
    // MARK: Files to take away

    /// Writes what somebody lacks, or everything.
    static func export(_ visit: Visit) async throws -> Response {
        let node = try await visit.writer()
        let site = visit.form.filled("to")
        let member = try await node.reports.members().first { $0.site.hex == site }
        guard site == nil || member != nil else { throw PageError(status: .badRequest, key: "error_usage") }
        let encrypts = visit.form["encrypt"] == "1"
        guard member != nil || !encrypts else { throw PageError(status: .badRequest, key: "error_usage") }
        let name = "for-\(member.map { fileName($0.name, $0.site) } ?? "all").bundle"
        return try await Receiving.download(visit, name: name) { path in
            _ = try await node.bundles.export(to: path, site.map { .to([$0]) } ?? .all, encrypt: encrypts)
        }
    }

    /// Writes what this node has.
    static func request(_ visit: Visit) async throws -> Response {
        let node = try await visit.writer()
        let own = try await node.tables.ownSite()
        let name = try await node.reports.members().first { $0.site == own }?.name ?? ""
        return try await Receiving.download(visit, name: fileName(name, own) + ".request") { path in
            try await node.bundles.request(to: path)
        }
    }

    private static func fileName(_ name: String, _ site: SiteID) -> String {
        let plain = name.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
        return plain.isEmpty ? String(site.short.prefix(9)) : String(plain.prefix(40))
    }

    // MARK: Files to bring in

    static func upload(_ visit: Visit) async throws -> Response {
        .seeOther("/sticks/" + (try await Receiving.upload(visit, as: .bundle)).id)
    }

    /// Shows what a file holds and what this node lacks of it. Nothing of it is taken.
    static func show(_ visit: Visit) async throws -> Response {
        let upload = try await Receiving.find(visit, .bundle)
        let lookup = try await RecordLookup(visit)
        let report = try await naming(upload) { () async throws(NodeError) in
            try await lookup.node.bundles.inspect(upload.path)
        }
        let language = visit.language
        let lacks = report.lacks.reduce(0) { $0 + Int(clamping: $1.last - $1.first + 1) }
        var facts: Facts = [
            "id": upload.id, "from": lookup.name(of: report.from),
            "for": report.recipients.isEmpty
                ? visit.text("stick_anyone_reads")
                : report.recipients.map(lookup.name).joined(separator: language == .zh ? "、" : ", "),
            "size": language.bytes(Int64(report.bytes)), "feeds": feeds(report.feeds) { name($0, lookup, visit) },
            "missing": missing(report.missing, language) { name($0, lookup, visit) },
        ]
        if let count = report.changesets {
            facts["holds"] =
                report.isRequest
                ? visit.text("stick_is_request") : language.text("n_changesets", count: Int(clamping: count))
            facts["lacks"] = language.text("n_changesets", count: lacks)
        } else {
            facts["holds"] = visit.text("stick_sealed")
        }
        return await visit.page(
            "stick", title: language.text("stick_page", upload.name.escaped()), at: .alliance, facts)
    }

    /// The author of a feed; of one that is not of the people's tables, with what it is of.
    private static func name(_ feed: FeedID, _ lookup: RecordLookup, _ visit: Visit) -> String {
        let name = lookup.name(of: feed.site) + feed.mark
        return feed.scope == .alliance ? name : visit.language.text("stick_control", name)
    }

    /// Feeds that are listed of a file; of very many, these and an ellipsis.
    private static let feedsMax = 100

    static func feeds(_ spans: [FeedSpan], _ name: (FeedID) -> String) -> [Facts] {
        let shown = spans.prefix(feedsMax).map { span -> Facts in
            ["text": "\(name(span.feed))\(span.mark): \(span.first)–\(span.last)"]
        }
        return spans.count > feedsMax ? shown + [["text": "…"]] : shown
    }

    static func missing(_ missing: [FeedID: UInt64], _ language: Language, _ name: (FeedID) -> String) -> [Facts] {
        let shown = missing.sorted { $0.key < $1.key }.prefix(feedsMax).map { feed, seq -> Facts in
            ["text": language.text("stick_up_to", name(feed), "\(seq)")]
        }
        return missing.count > feedsMax ? shown + [["text": "…"]] : shown
    }

    static func take(_ visit: Visit) async throws -> Response {
        let upload = try await Receiving.find(visit, .bundle)
        let lookup = try await RecordLookup(visit)
        let node = try await visit.writer()
        let taken = try await naming(upload) { () async throws(NodeError) in
            let taken = try await node.bundles.take([upload.path])
            if let refusal = taken.failure ?? taken.refusals.first { throw refusal }
            return taken
        }
        await visit.console.uploads.drop(upload.id)
        var sentence = visit.language.text(
            "stick_taken", visit.language.number(Int(clamping: taken.held)),
            visit.language.number(Int(clamping: taken.applied)), visit.language.number(Int(clamping: taken.known)),
            visit.language.number(Int(clamping: taken.waiting)))
        if !taken.missing.isEmpty {
            let names = missing(taken.missing, visit.language) { name($0, lookup, visit) }.compactMap {
                $0["text"] as? String
            }
            sentence += " " + visit.text("stick_missing") + ": " + names.joined(separator: "; ")
        }
        for (key, errors) in [("stick_waits", taken.putOff), ("stick_removed", taken.removed)] {
            for error in errors.prefix(toldMax) { sentence += " " + visit.language.text(key, waiting(error, visit)) }
        }
        let isWarning = !taken.missing.isEmpty || !taken.putOff.isEmpty || !taken.removed.isEmpty
        return await visit.done(sentence, isWarning: isWarning, at: "/alliance")
    }

    /// The most files that are told of one by one.
    private static let toldMax = 3

    /// The sentence about a file in the folder of the node, without that folder, which is nothing to whoever looks at a
    /// page.
    private static func waiting(_ error: NodeError, _ visit: Visit) -> String {
        visit.said(error.message).replacingOccurrences(of: visit.console.home.path + "/", with: "")
    }

    /// Says what may fail in a file as it was called by the person who sent it.
    private static func naming<Result>(
        _ upload: Upload, _ body: () async throws(NodeError) -> Result
    ) async throws(NodeError) -> Result {
        do { return try await body() } catch {
            let name = upload.name.isEmpty ? "?" : upload.name.escaped()
            throw NodeError(kind: error.kind, message: error.message.replacingOccurrences(of: upload.path, with: name))
        }
    }
}
