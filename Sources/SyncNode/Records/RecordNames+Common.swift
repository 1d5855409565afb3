/// Columns that are called the same in every table.
extension RecordNames {
    static let commonText = """
        id | 标识 | Ключ | Key
        name_zh | 中文名称 | Название на китайском | Name in Chinese
        name_ru | 俄文名称 | Название на русском | Name in Russian
        name_en | 英文名称 | Название на английском | Name in English
        name_local | 当地语言名称 | Название на местном языке | Name in the local language
        title_zh | 中文标题 | Наименование на китайском | Title in Chinese
        title_ru | 俄文标题 | Наименование на русском | Title in Russian
        title_en | 英文标题 | Наименование на английском | Title in English
        title_local | 当地语言标题 | Наименование на местном языке | Title in the local language
        note | 备注 | Примечание | Note
        state | 状态 | Состояние | State
        kind | 类别 | Вид | Kind
        role | 角色 | Роль | Role
        starts | 开始日期 | Дата начала | First day
        ends | 结束日期 | Дата окончания | Last day
        country | 国家 | Страна | Country
        region | 地区 | Регион | Region
        city | 城市 | Город | City
        place | 地点 | Место | Place
        language | 语言 | Язык | Language
        field | 教育领域 | Область образования | Field of education
        occupation | 职业 | Профессия | Occupation
        institution | 机构 | Организация | Institution
        contact | 联系人 | Контактное лицо | Contact
        programme | 计划 | Программа | Programme
        committee | 委员会 | Комитет | Committee
        project | 项目 | Проект | Project
        platform | 平台 | Платформа | Platform
        course | 课程 | Курс | Course
        offering | 开班 | Поток | Offering
        trainee | 学员 | Слушатель | Trainee
        enrolment | 报名 | Зачисление | Enrolment
        owner | 所属机构 | Организация-владелец | Owner
        host | 承办机构 | Принимающая организация | Host
        number | 编号 | Номер | Number
        website | 网址 | Сайт | Web site
        email | 电子邮箱 | Электронная почта | E-mail
        phone | 电话 | Телефон | Telephone
        """

    /// The four names of a person.
    static let personNames = """
        name_zh | 中文姓名 | Имя на китайском | Name in Chinese
        name_ru | 俄文姓名 | Имя на русском | Name in Russian
        name_en | 英文姓名 | Имя на английском | Name in English
        name_local | 当地语言姓名 | Имя на местном языке | Name in the local language
        """
}
