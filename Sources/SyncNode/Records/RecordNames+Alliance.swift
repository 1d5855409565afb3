/// Members of the alliance and its bodies.
extension RecordNames {
    static let alliance = [
        Table(
            "institution", .init("机构", "Организация", "Institution"),
            about: .init(
                "联盟成员或合作伙伴：高校、职业院校、企业、机关。类别可自由填写。",
                "Участник альянса или партнёр: вуз, колледж, предприятие, ведомство. Вид пишется свободно.",
                "Member of the alliance or partner: university, college, enterprise, public body. Its kind is free."),
            columns: """
                founded | 成立年份 | Год основания | Founded in the year
                parent | 上级机构 | Вышестоящая организация | Parent institution
                acronym | 简称 | Аббревиатура | Acronym
                role | 联盟角色 | Роль в альянсе | Role in the alliance
                joined | 加入日期 | Дата вступления | Joined on
                left_on | 退出日期 | Дата выхода | Left on
                """),
        Table(
            "contact", .init("联系人", "Контактное лицо", "Contact"), persons: .named,
            about: .init(
                "机构中代表本机构或授课的人员。",
                "Человек, который говорит от имени организации или преподаёт.",
                "Person who speaks or teaches for an institution."),
            columns: """
                \(personNames)
                position | 职务 | Должность | Position
                messenger | 即时通讯账号 | Мессенджер | Messenger
                language | 通信语言 | Язык переписки | Language to write in
                """),
        Table(
            "committee", .init("委员会", "Комитет", "Committee"),
            about: .init(
                "联盟的专业委员会，共六个：现代农业、交通运输、能源化工、有色金属、建筑工程、商贸物流。",
                """
                Отраслевой комитет альянса. Их шесть: современное сельское хозяйство, транспорт, энергетика и \
                химическая промышленность, цветные металлы, строительство, торговля и логистика.
                """,
                """
                Committee of the alliance for an industry. There are six: modern agriculture, transportation, energy \
                and chemicals, non-ferrous metals, construction engineering, trade and logistics.
                """),
            columns: """
                seat | 秘书处所在机构 | Организация секретариата | Seat of its secretariat
                founded | 成立日期 | Дата создания | Founded on
                """),
        Table(
            "committee_member", .init("委员会成员", "Член комитета", "Committee member"), persons: .about,
            about: .init(
                "某机构在委员会中的席位，及其代表与任期。",
                "Место организации в комитете: кто её представляет, с какого и по какой день.",
                "Seat of an institution in a committee: who fills it, from when, until when."),
            columns: "contact | 代表 | Представитель | Representative"),
        Table(
            "programme", .init("计划", "Программа", "Programme"),
            about: .init(
                "联盟的三大计划：技能人才、产业发展、文化合作。",
                "Программа альянса. Их три: квалифицированные кадры, промышленный рост, культурное партнёрство.",
                "Programme of the alliance, of three: skilled workforce, industrial growth, cultural partnership."
            )),
    ]
}
