import ReplicaModel

/// The tables and indexes that a replica file holds beside the people's. Every name of ours begins with `caravan_`.
enum ReplicaFormat {
    /// Raised with every change that older software cannot read. 2: chunks are packed; those of before may be plain. 3:
    /// the roster has cuts. 4: row clocks have of long values that stand beside others the beginning.
    static let version: Int64 = 4

    /// Tables by what a row *is*.
    static let sql = """
        -- A fact about this replica: format, alliance, site, incarnation, the greatest stamp that it follows …
        CREATE TABLE caravan_meta(name TEXT PRIMARY KEY NOT NULL, value) WITHOUT ROWID;

        -- A feed of which this replica has heard. held: whole, checked, durable. applied: what the tables show.
        -- context: the version vector (feed, seq, feed, seq … as varints) of the changeset at applied.
        CREATE TABLE caravan_feed(
            ordinal INTEGER PRIMARY KEY, site BLOB NOT NULL, incarnation INTEGER NOT NULL, scope TEXT NOT NULL,
            held INTEGER NOT NULL DEFAULT 0, hash BLOB, applied INTEGER NOT NULL DEFAULT 0, context BLOB,
            UNIQUE(site, incarnation, scope));

        -- A changeset. position: its place in the order in which this replica applied them; NULL while it waits.
        -- standing: 0 counts, 1 void, 2 quarantined. body: upper bits of the ids of its chunks.
        CREATE TABLE caravan_changeset(
            feed INTEGER NOT NULL, seq INTEGER NOT NULL, hash BLOB NOT NULL, stamp INTEGER NOT NULL,
            position INTEGER, standing INTEGER NOT NULL DEFAULT 0, reason TEXT, body INTEGER NOT NULL,
            header BLOB NOT NULL, signature BLOB NOT NULL,
            PRIMARY KEY(feed, seq)) WITHOUT ROWID;
        CREATE UNIQUE INDEX caravan_changeset_position ON caravan_changeset(position) WHERE position IS NOT NULL;
        CREATE INDEX caravan_changeset_odd ON caravan_changeset(standing) WHERE standing > 0;

        -- A chunk of operations, at most 64 KiB. id: body << 24 | number of the chunk from 0. bytes: as they are, or in \
        a zstd frame; an integer is \
        the number of an equal chunk before
        -- it in the same body, which has them.
        CREATE TABLE caravan_chunk(id INTEGER PRIMARY KEY, bytes BLOB NOT NULL);

        -- The last body number that was given to a changeset, whole or staged.
        INSERT INTO caravan_meta VALUES ('bodies', 0);

        -- A changeset too large for memory of which chunks are arriving. In no vector.
        CREATE TABLE caravan_staged(feed INTEGER PRIMARY KEY, seq INTEGER NOT NULL, hash BLOB NOT NULL, body INTEGER \
        NOT NULL);

        -- A definition that counts, in the order in which it was applied. dot: the control changeset that gave it; \
        number: its place there;
        -- context: of that changeset.
        CREATE TABLE caravan_definition(
            position INTEGER PRIMARY KEY, dot INTEGER NOT NULL, number INTEGER NOT NULL, operation BLOB NOT NULL, \
            context BLOB NOT NULL);
        -- A replicated table. base: as it was called when it was created, in lower case; origin: one of the \
        changesets that created it;
        -- places: of its columns, in the order in which this replica came to know them.
        CREATE TABLE caravan_table(id INTEGER PRIMARY KEY, base TEXT NOT NULL, origin INTEGER NOT NULL, places BLOB \
        NOT NULL);
        -- For a column that not everybody knows who knows its table, and for a cut, by the control changeset that \
        gave it: of each feed the first changeset whose
        -- author had seen it.
        CREATE TABLE caravan_knows(
            origin INTEGER NOT NULL, feed INTEGER NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY(origin, feed)) WITHOUT \
            ROWID;
        -- A replicated index as it stands. plain: 1 while a UNIQUE one stands as a plain one, because a merge made \
        duplicates.
        CREATE TABLE caravan_index(name TEXT PRIMARY KEY NOT NULL, definition BLOB NOT NULL, plain INTEGER NOT NULL \
        DEFAULT 0) WITHOUT ROWID;

        -- An invitation that this node made. redeemer: the site that used it.
        CREATE TABLE caravan_invitation(
            secretHash BLOB PRIMARY KEY NOT NULL, role TEXT NOT NULL, expires INTEGER NOT NULL, redeemer BLOB) WITHOUT \
            ROWID;

        -- Whom this node dials.
        CREATE TABLE caravan_peer(name TEXT PRIMARY KEY NOT NULL, site BLOB, addresses TEXT NOT NULL, lastError TEXT) \
        WITHOUT ROWID;

        -- What is known of a site that was met. sent, held and applied: vectors as in caravan_feed.context.
        CREATE TABLE caravan_contact(
            site BLOB PRIMARY KEY NOT NULL, lastContact INTEGER NOT NULL, skew INTEGER NOT NULL, controlDigest BLOB,
            sent BLOB, held BLOB, applied BLOB) WITHOUT ROWID;
        """

    /// Tables that a replica may lack that was made before there were any: older software need not know them.
    static let later = """
        -- How often a site was refused under one name, when last and why then. site: empty for all who are not on the \
        roster.
        CREATE TABLE IF NOT EXISTS caravan_refusal(
            site BLOB NOT NULL, name TEXT NOT NULL, count INTEGER NOT NULL, last INTEGER NOT NULL, sentence TEXT NOT \
            NULL,
            PRIMARY KEY(site, name)) WITHOUT ROWID;

        -- An applied stamp that is greater than the one this replica follows: too far ahead, until time has come near \
        it.
        CREATE TABLE IF NOT EXISTS caravan_ahead(stamp INTEGER PRIMARY KEY);
        INSERT OR IGNORE INTO caravan_ahead SELECT stamp FROM caravan_changeset
            WHERE position IS NOT NULL AND stamp > (SELECT value FROM caravan_meta WHERE name = 'followed');

        -- A row that is equal to another in a UNIQUE that stands as a plain index. name: the index; key: in \
        deterministic CBOR; number: of its group,
        -- the rows that are equal to each other.
        CREATE TABLE IF NOT EXISTS caravan_equal(name TEXT NOT NULL, key BLOB NOT NULL, number INTEGER NOT NULL, \
        PRIMARY KEY(name, key)) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS caravan_equal_number ON caravan_equal(name, number);

        -- Why the next changeset of a feed, which is held, is not applied. kind: 0 for changeset `awaited` of a feed, \
        1 because that feed went two
        -- ways, 2 for newer software, 3 because it could not be folded, for this reason, so many times; it is tried \
        again from position `again`.
        CREATE TABLE IF NOT EXISTS caravan_waiting(
            feed INTEGER PRIMARY KEY, seq INTEGER NOT NULL, kind INTEGER NOT NULL, site BLOB, incarnation INTEGER, \
            scope TEXT, awaited INTEGER,
            reason TEXT, tries INTEGER NOT NULL, again INTEGER NOT NULL);

        -- What a control changeset that is not void says of who belongs. context: the control changesets that it had \
        seen; depth: admissions between
        -- the founder and its author.
        CREATE TABLE IF NOT EXISTS caravan_roster(
            dot INTEGER PRIMARY KEY, operations BLOB NOT NULL, context BLOB NOT NULL, depth INTEGER NOT NULL);

        -- What was taken of an author on a day (since 1970, by this node's clock): changesets, and bytes of headers \
        and chunks. site: empty for
        -- all who were not on the roster.
        CREATE TABLE IF NOT EXISTS caravan_taken(
            site BLOB NOT NULL, day INTEGER NOT NULL, changesets INTEGER NOT NULL, bytes INTEGER NOT NULL, PRIMARY \
            KEY(site, day)) WITHOUT ROWID;

        -- When the last chunk of a staged changeset came (milliseconds since 1970), and since when it is there.
        CREATE TABLE IF NOT EXISTS caravan_arrival(body INTEGER PRIMARY KEY, began INTEGER NOT NULL, last INTEGER NOT \
        NULL);

        -- A changeset of the log that is not what its author signed any more, because the disk altered it, and that \
        has not come again.
        CREATE TABLE IF NOT EXISTS caravan_spoilt(feed INTEGER NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY(feed, seq)) \
        WITHOUT ROWID;

        -- When a peer of caravan_peer is dialled (a window a line, none: at any time), and how many bytes a second may go \
        each way.
        CREATE TABLE IF NOT EXISTS caravan_terms(name TEXT PRIMARY KEY NOT NULL, windows TEXT NOT NULL, rate INTEGER) \
        WITHOUT ROWID;

        -- Bytes that went through the node's sockets in a day (2026-11-29, by local time) or a month (2026-11).
        CREATE TABLE IF NOT EXISTS caravan_traffic(period TEXT PRIMARY KEY NOT NULL, bytes INTEGER NOT NULL) WITHOUT \
        ROWID;

        -- What a member said of itself in the newest of its files that came here. written: greater in each; held: a \
        vector as in caravan_feed.context.
        CREATE TABLE IF NOT EXISTS caravan_announced(
            site BLOB PRIMARY KEY NOT NULL, written INTEGER NOT NULL, held BLOB NOT NULL) WITHOUT ROWID;

        -- The X25519 key to which others encrypt for a site, signed by the site.
        CREATE TABLE IF NOT EXISTS caravan_card(
            site BLOB PRIMARY KEY NOT NULL, key BLOB NOT NULL, signature BLOB NOT NULL) WITHOUT ROWID;

        -- An encrypted file that this node has opened, by the beginning of its hash. number: ascending in time.
        CREATE TABLE IF NOT EXISTS caravan_opened(number INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE);

        -- A feed that went two ways: `feed` numbers the way that came later, which begins with the changeset of this hash \
        behind changeset `seq` of the
        -- way `parent` (0: with the first). sibling: hash of what that way has there. caravan_feed has the way, with ~ and \
        the hash behind its scope.
        CREATE TABLE IF NOT EXISTS caravan_branch(
            feed INTEGER PRIMARY KEY, parent INTEGER NOT NULL, seq INTEGER NOT NULL, hash BLOB NOT NULL, sibling BLOB \
            NOT NULL);
        """
    /// The table that says who belongs.
    static let rosterName = "caravan_roster"

    /// The tables without which nothing of the log can be read.
    static let tablesOfLog = ["caravan_feed", "caravan_changeset", "caravan_chunk"]

    static let laterTables = [
        "caravan_refusal", "caravan_ahead", "caravan_equal", "caravan_waiting", "caravan_taken", "caravan_arrival",
        "caravan_spoilt", "caravan_roster", "caravan_terms", "caravan_traffic", "caravan_announced", "caravan_card",
        "caravan_opened", "caravan_branch",
    ]

    /// The clock of every row of table `id` that this replica ever heard of. dot: the base; state: what RowClock holds
    /// beside an unkilled base, and the archive of a dead row; open: bits of what people should look at, NULL if
    /// nothing.
    static func clockTable(id: Int64, keyCount: Int) -> [String] {
        let keys = (1...keyCount).map { "k\($0)" }.joined(separator: ", ")
        return [
            """
            CREATE TABLE \(clockName(id: id))(\(keys), dot INTEGER, state BLOB, open INTEGER, PRIMARY KEY(\(keys))) \
            WITHOUT ROWID
            """,
            "CREATE INDEX caravan_open_\(id) ON \(clockName(id: id))(open) WHERE open IS NOT NULL",
        ]
    }

    static func clockName(id: Int64) -> String { "caravan_clock_\(id)" }
}
