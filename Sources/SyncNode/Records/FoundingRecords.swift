import ReplicaModel

/// Rows with which every founding of the alliance's schema begins.
public enum FoundingRecords {
    /// The six countries with their regions, the six committees and the three programmes, the languages of the
    /// alliance, and the broadest fields of education and occupations: with the same keys at every founding.
    public static let all: [RowOperation] =
        countries.map { row("country", $0, more: "alpha3") }
        + regions.map { row("region", $0 + [String($0[0].prefix(2))], more: "country") }
        + list("committee", committees) + list("programme", programmes) + list("language", spoken)
        + list("education_field", fields) + list("occupation", occupations)

    /// Statements that enter the rows of some tables: those that are not there, of countries that are.
    static func sql(of tables: Set<Identifier>) -> String {
        all.filter { tables.contains($0.table) }.map(statement).joined(separator: "\n")
    }

    private static func statement(_ row: RowOperation) -> String {
        guard case .insert(let values) = row.action else { return "" }
        let cells = values.sorted { $0.key < $1.key }
        let names = ["id"] + cells.map(\.key.text)
        let texts = (row.key + cells.map(\.value)).map(literal)
        let condition = values["country"].map { "EXISTS (SELECT 1 FROM country WHERE id = \(literal($0)))" } ?? "TRUE"
        return """
            INSERT OR IGNORE INTO \(row.table)(\(names.joined(separator: ", ")))
            SELECT \(texts.joined(separator: ", ")) WHERE \(condition);
            """
    }

    private static func literal(_ value: Value) -> String {
        guard case .text(let bytes) = value else { return "NULL" }
        return "'" + String(decoding: bytes, as: UTF8.self).replacing("'", with: "''") + "'"
    }

    private static func list(_ table: Identifier, _ records: [[String]]) -> [RowOperation] {
        records.map { row(table, $0) }
    }

    /// - Parameters:
    ///   - record: the key, the names in Chinese, Russian, English and the local language, as many as there are.
    ///   - more: the column of what stands behind the four names.
    private static func row(_ table: Identifier, _ record: [String], more: Identifier? = nil) -> RowOperation {
        let columns = ["name_zh", "name_ru", "name_en", "name_local"] + (more.map { [$0] } ?? [])
        var values: [Identifier: Value] = [:]
        for (name, text) in zip(columns, record.dropFirst()) { values[name] = .text(text) }
        return RowOperation(table: table, key: [.text(record[0])], action: .insert(values))
    }

    private static let countries = [
        ["CN", "中国", "Китай", "China", "中国", "CHN"],
        ["KG", "吉尔吉斯斯坦", "Киргизия", "Kyrgyzstan", "Кыргызстан", "KGZ"],
        ["KZ", "哈萨克斯坦", "Казахстан", "Kazakhstan", "Қазақстан", "KAZ"],
        ["TJ", "塔吉克斯坦", "Таджикистан", "Tajikistan", "Тоҷикистон", "TJK"],
        ["TM", "土库曼斯坦", "Туркмения", "Turkmenistan", "Türkmenistan", "TKM"],
        ["UZ", "乌兹别克斯坦", "Узбекистан", "Uzbekistan", "Oʻzbekiston", "UZB"],
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

    private static let spoken = [
        ["en", "英语", "Английский", "English", "English"],
        ["kk", "哈萨克语", "Казахский", "Kazakh", "Қазақ тілі"],
        ["ky", "吉尔吉斯语", "Киргизский", "Kyrgyz", "Кыргыз тили"],
        ["ru", "俄语", "Русский", "Russian", "Русский"],
        ["tg", "塔吉克语", "Таджикский", "Tajik", "Тоҷикӣ"],
        ["tk", "土库曼语", "Туркменский", "Turkmen", "Türkmençe"],
        ["ug", "维吾尔语", "Уйгурский", "Uyghur", "ئۇيغۇرچە"],
        ["uz", "乌兹别克语", "Узбекский", "Uzbek", "Oʻzbekcha"],
        ["zh", "汉语", "Китайский", "Chinese", "中文"],
    ]

    /// Broad fields of ISCED-F 2013.
    private static let fields = [
        ["00", "通用课程和资格", "Общие программы и квалификации", "Generic programmes and qualifications"],
        ["01", "教育", "Образование", "Education"],
        ["02", "艺术与人文", "Искусство и гуманитарные науки", "Arts and humanities"],
        [
            "03", "社会科学、新闻与信息", "Социальные науки, журналистика и информация",
            "Social sciences, journalism and information",
        ],
        ["04", "商业、管理与法律", "Бизнес, управление и право", "Business, administration and law"],
        [
            "05", "自然科学、数学与统计", "Естественные науки, математика и статистика",
            "Natural sciences, mathematics and statistics",
        ],
        [
            "06", "信息与通信技术", "Информационно-коммуникационные технологии",
            "Information and communication technologies",
        ],
        [
            "07", "工程、制造与建筑", "Инженерное дело, производство и строительство",
            "Engineering, manufacturing and construction",
        ],
        [
            "08", "农业、林业、渔业与兽医", "Сельское, лесное и рыбное хозяйство и ветеринария",
            "Agriculture, forestry, fisheries and veterinary",
        ],
        ["09", "卫生与福利", "Здравоохранение и социальное обеспечение", "Health and welfare"],
        ["10", "服务", "Сфера обслуживания", "Services"],
    ]

    /// Major groups of ISCO-08.
    private static let occupations = [
        ["0", "武装部队人员", "Военнослужащие", "Armed forces occupations"],
        ["1", "管理人员", "Руководители", "Managers"],
        ["2", "专业人员", "Специалисты высшего уровня квалификации", "Professionals"],
        [
            "3", "技术人员和辅助专业人员", "Специалисты среднего уровня квалификации",
            "Technicians and associate professionals",
        ],
        ["4", "办事人员", "Служащие, занятые документацией, учётом и обслуживанием", "Clerical support workers"],
        ["5", "服务和销售人员", "Работники сферы обслуживания и торговли", "Service and sales workers"],
        [
            "6", "农业、林业和渔业技能人员", "Квалифицированные работники сельского, лесного и рыбного хозяйства",
            "Skilled agricultural, forestry and fishery workers",
        ],
        [
            "7", "工艺及相关行业人员", "Квалифицированные рабочие промышленности, строительства и транспорта",
            "Craft and related trades workers",
        ],
        [
            "8", "设备和机械操作及装配人员", "Операторы производственных установок и машин, сборщики",
            "Plant and machine operators, and assemblers",
        ],
        ["9", "简单劳动人员", "Неквалифицированные рабочие", "Elementary occupations"],
    ]
}
