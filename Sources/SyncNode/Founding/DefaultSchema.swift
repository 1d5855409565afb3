import ReplicaModel

/// The alliance's own schema: what `init` founds unless told otherwise.
///
/// Names stand in Chinese, Russian, English and the local language, each its own column, so that each merges alone.
/// Keys of what sites enter are UUIDs of version 7 (RFC 9562), minted in plain SQL wherever the row is entered.
public enum DefaultSchema {
    /// The schema as SQL: a CREATE TABLE each for country, committee, programme, institution and project, and the
    /// CREATE INDEX statements of the last two.
    public static let sql = """
        CREATE TABLE country (
            id TEXT NOT NULL PRIMARY KEY,
            name_zh TEXT, name_ru TEXT, name_en TEXT, name_local TEXT
        );
        CREATE TABLE committee (
            id TEXT NOT NULL PRIMARY KEY,
            name_zh TEXT, name_ru TEXT, name_en TEXT, name_local TEXT
        );
        CREATE TABLE programme (
            id TEXT NOT NULL PRIMARY KEY,
            name_zh TEXT, name_ru TEXT, name_en TEXT, name_local TEXT
        );
        CREATE TABLE institution (
            id TEXT NOT NULL PRIMARY KEY DEFAULT (\(mint)),
            country TEXT REFERENCES country(id),
            city TEXT,
            kind TEXT,
            name_zh TEXT, name_ru TEXT, name_en TEXT, name_local TEXT,
            website TEXT,
            founded INTEGER,
            note TEXT
        );
        CREATE INDEX institution_country ON institution(country);
        CREATE TABLE project (
            id TEXT NOT NULL PRIMARY KEY DEFAULT (\(mint)),
            programme TEXT REFERENCES programme(id),
            committee TEXT REFERENCES committee(id),
            lead TEXT REFERENCES institution(id),
            title_zh TEXT, title_ru TEXT, title_en TEXT, title_local TEXT,
            status TEXT,
            starts TEXT,
            ends TEXT,
            note TEXT
        );
        CREATE INDEX project_programme ON project(programme);
        """

    /// A UUID of version 7: 48 bits of milliseconds, the version, 12 random bits, the variant, 62 random bits.
    static let mint = """
        printf('%s-%s-7%s-%s%s-%s', substr(\(time), 1, 8), substr(\(time), 9, 4), \
        substr(lower(hex(randomblob(2))), 2), substr('89ab', 1 + abs(random() % 4), 1), \
        substr(lower(hex(randomblob(2))), 2), lower(hex(randomblob(6))))
        """

    private static let time = "printf('%012x', CAST(round((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER))"

    /// The six countries, the six committees and the three programmes, with the same keys at every founding.
    public static let seed: [RowOperation] =
        countries.map { row("country", $0) } + committees.map { row("committee", $0) }
        + programmes.map { row("programme", $0) }

    private static func row(_ table: Identifier, _ record: [String]) -> RowOperation {
        var values: [Identifier: Value] = [:]
        for (name, text) in zip(["name_zh", "name_ru", "name_en", "name_local"] as [Identifier], record.dropFirst()) {
            values[name] = .text(text)
        }
        return RowOperation(table: table, key: [.text(record[0])], action: .insert(values))
    }

    private static let countries = [
        ["CN", "中国", "Китай", "China", "中国"],
        ["KG", "吉尔吉斯斯坦", "Киргизия", "Kyrgyzstan", "Кыргызстан"],
        ["KZ", "哈萨克斯坦", "Казахстан", "Kazakhstan", "Қазақстан"],
        ["TJ", "塔吉克斯坦", "Таджикистан", "Tajikistan", "Тоҷикистон"],
        ["TM", "土库曼斯坦", "Туркмения", "Turkmenistan", "Türkmenistan"],
        ["UZ", "乌兹别克斯坦", "Узбекистан", "Uzbekistan", "Oʻzbekiston"],
    ]

    private static let committees = [
        ["agriculture", "现代农业", "Современное сельское хозяйство", "Modern agriculture"],
        ["construction", "建筑工程", "Строительство", "Construction engineering"],
        ["energy", "能源化工", "Энергетика и химическая промышленность", "Energy and chemicals"],
        ["metals", "有色金属", "Цветные металлы", "Non-ferrous metals"],
        ["trade", "商贸物流", "Торговля и логистика", "Trade and logistics"],
        ["transport", "交通运输", "Транспорт", "Transportation"],
    ]

    private static let programmes = [
        ["culture", "文化合作", "Культурное партнёрство", "Cultural partnership"],
        ["industry", "产业发展", "Промышленный рост", "Industrial growth"],
        ["workforce", "技能人才", "Квалифицированные кадры", "Skilled workforce"],
    ]
}
