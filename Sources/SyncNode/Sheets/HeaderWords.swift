/// Words that stand for columns in the headers of people's spreadsheets, in Chinese, Russian and English. A header is
/// compared without case, width, blanks and signs; one word may stand for several columns where no table has more than
/// one of them.
enum HeaderWords {
    /// Words by the columns' names.
    static let known: [String: [String]] = names.merging(facts) { $0 + $1 }.merging(things) { $0 + $1 }

    private static let names: [String: [String]] = [
        "id": ["编号", "标识", "代码", "ключ", "код", "идентификатор", "key", "identifier"],
        "code": ["代码", "编码", "编号", "код", "шифр"],
        "number": ["编号", "号码", "序号", "номер", "№", "no."],
        "name": ["名称", "название", "наименование", "имя"],
        "name_zh": [
            "中文名", "中文名称", "名称", "名称(中文)", "название (кит.)", "название на китайском", "Chinese name",
            "name (Chinese)",
        ],
        "name_ru": [
            "俄文名", "俄文名称", "名称(俄文)", "название", "наименование", "название (рус.)", "название на русском",
            "Russian name", "name (Russian)",
        ],
        "name_en": [
            "英文名", "英文名称", "名称(英文)", "название (англ.)", "название на английском", "English name",
            "name (English)", "name",
        ],
        "name_local": [
            "本地名", "本地名称", "当地名称", "名称(本地)", "название (мест.)", "местное название",
            "название на местном языке", "local name", "name (local)", "атауы", "номи", "nomi", "аталышы",
            "ном",
        ],
        "title_zh": ["中文标题", "标题", "项目名称", "название (кит.)", "Chinese title"],
        "title_ru": ["俄文标题", "название", "заголовок", "название (рус.)", "Russian title"],
        "title_en": ["英文标题", "название (англ.)", "English title", "title"],
        "title_local": ["本地标题", "название (мест.)", "local title"],
        "other_names": ["其他名称", "别名", "другие названия", "иные названия", "other names", "aliases"],
    ]

    private static let facts: [String: [String]] = [
        "kind": ["类别", "类型", "种类", "вид", "тип", "type", "category"],
        "country": ["国家", "国别", "страна", "ел", "давлат", "кишвар"],
        "region": ["地区", "省份", "区域", "регион", "область", "province"],
        "city": ["城市", "город", "town", "қала", "шаҳар", "шаар", "шаҳр"],
        "lat": ["纬度", "широта", "latitude"],
        "lon": ["经度", "долгота", "longitude", "lng"],
        "founded": ["成立年份", "成立", "建立年份", "основан", "год основания", "established", "year founded"],
        "updated": ["更新日期", "更新", "изменён", "изменен", "обновлено", "last updated"],
        "website": ["网址", "网站", "сайт", "веб-сайт", "url", "web site", "web", "homepage"],
        "note": ["备注", "说明", "примечание", "заметка", "remark", "remarks", "notes", "comment"],
        "email": ["邮箱", "电子邮件", "эл. почта", "электронная почта", "e-mail"],
        "phone": ["电话", "телефон", "telephone", "tel."],
        "status": ["状态", "статус", "состояние", "state"],
        "state": ["状态", "статус", "состояние", "status"],
        "role": ["角色", "роль"],
        "since": ["自", "起始", "加入时间", "с какого времени"],
        "starts": ["开始", "开始日期", "начало", "дата начала", "from", "start", "start date"],
        "ends": ["结束", "结束日期", "конец", "окончание", "дата окончания", "until", "to", "end", "end date"],
        "signed": ["签署日期", "签订日期", "подписан", "подписано", "дата подписания", "date signed"],
        "valid_until": ["有效期至", "действует до", "срок действия", "expires"],
        "issued": ["颁发日期", "发证日期", "выдан", "дата выдачи", "date issued"],
    ]

    private static let things: [String: [String]] = [
        "institution": ["机构", "院校", "学校", "учреждение", "организация", "вуз"],
        "committee": ["委员会", "комитет"],
        "programme": ["项目计划", "计划", "программа", "program"],
        "project": ["项目", "проект"],
        "lead": ["牵头单位", "牵头机构", "ведущая организация", "led by"],
        "course": ["课程", "курс"],
        "trainee": ["学员", "слушатель", "стажёр"],
        "language": ["语言", "язык"],
        "level": ["级别", "层次", "уровень"],
        "hours": ["学时", "课时", "часы", "часов"],
        "capacity": ["容量", "名额", "мест", "вместимость"],
        "occupation": ["职业", "профессия"],
        "field": ["专业", "领域", "направление", "специальность"],
        "owner": ["所有者", "владелец"],
        "place": ["地点", "место"],
    ]
}
