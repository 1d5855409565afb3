/// Reference lists.
extension RecordNames {
    static let reference = [
        Table(
            "country", .init("国家", "Страна", "Country"),
            about: .init(
                "国家，以 ISO 3166-1 两位字母代码为键。",
                "Страна; ключ — двухбуквенный код ISO 3166-1.",
                "Country, by its two letters of ISO 3166-1."),
            columns: """
                id | 国家代码 | Код страны | Country code
                alpha3 | 三位国家代码 | Трёхбуквенный код страны | Three-letter country code
                """),
        Table(
            "region", .init("地区", "Регион", "Region"),
            about: .init(
                "一级行政区，以 ISO 3166-2 代码为键，例如 CN-XJ。",
                "Регион первого уровня; ключ — код ISO 3166-2, например CN-XJ.",
                "First-level division of a country, by its code of ISO 3166-2, such as CN-XJ."),
            columns: "id | 地区代码 | Код региона | Region code"),
        Table(
            "language", .init("语言", "Язык", "Language"),
            about: .init(
                "语言，以 ISO 639 代码为键：两位字母，没有时用三位。",
                "Язык; ключ — код ISO 639: две буквы, а где их нет — три.",
                "Language, by its code of ISO 639: of two letters, or of three where there is none of two."),
            columns: "id | 语言代码 | Код языка | Language code"),
        Table(
            "education_field", .init("教育领域", "Область образования", "Field of education"),
            about: .init(
                "教育与培训领域，以 ISCED-F 2013 代码为键：两位、三位或四位数字。",
                "Область образования и подготовки; ключ — код МСКО-О 2013 из двух, трёх или четырёх цифр.",
                "Field of education and training, by its code of ISCED-F 2013: of two, three or four digits."),
            columns: """
                id | 教育领域代码 | Код области образования | Field code
                parent | 上级领域 | Вышестоящая область | Broader field
                """),
        Table(
            "occupation", .init("职业", "Профессия", "Occupation"),
            about: .init(
                "职业，以 ISCO-08 代码为键：一至四位数字；更细的职业在代码后加后缀。",
                "Профессия; ключ — код МСКЗ-08 из одной–четырёх цифр; у более узких — с окончанием за ним.",
                "Occupation, by its code of ISCO-08: of one to four digits, with more behind them for finer ones."),
            columns: """
                id | 职业代码 | Код профессии | Occupation code
                parent | 上级职业 | Вышестоящая группа | Broader group
                """),
    ]
}
