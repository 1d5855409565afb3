/// The kinds of what `doctor` and `verify` find.
enum KindPhrases {
    static let text = #"""
        conflicts
        ru: конфликты
        zh: 冲突

        void
        ru: недействительны
        zh: 无效

        quarantined
        ru: в карантине
        zh: 已隔离

        aside
        ru: отложено
        zh: 搁置

        budget
        ru: бюджет
        zh: 额度

        chain
        ru: цепочка
        zh: 哈希链

        conflict
        ru: конфликт
        zh: 冲突

        column-order
        ru: порядок столбцов
        zh: 列顺序

        definitions
        ru: определения
        zh: 定义

        disk
        ru: диск
        zh: 磁盘

        fork
        ru: раздвоение
        zh: 分叉

        twin
        ru: двойник
        zh: 副本

        gap
        ru: пропуск
        zh: 缺口

        held
        ru: задержано
        zh: 暂缓

        index
        ru: индекс
        zh: 索引

        indexes
        ru: индексы
        zh: 索引

        joining
        ru: вступление
        zh: 加入

        misfits
        ru: недопустимые строки
        zh: 不合定义的行

        newer-software
        ru: новая версия
        zh: 较新软件

        own-columns
        ru: свои столбцы
        zh: 自建列

        own-indexes
        ru: свои индексы
        zh: 自建索引

        own-objects
        ru: свои объекты
        zh: 自建对象

        own-references
        ru: свои ссылки
        zh: 自建引用

        own-tables
        ru: свои таблицы
        zh: 自建表

        own-triggers
        ru: свои триггеры
        zh: 自建触发器

        pending
        ru: незапечатанное
        zh: 待封存

        references
        ru: ссылки
        zh: 引用

        refused
        ru: отказ
        zh: 拒绝

        rights
        ru: права
        zh: 权限

        signature
        ru: подпись
        zh: 签名

        spoilt
        ru: повреждено
        zh: 损坏

        unchecked
        ru: не проверено
        zh: 未检查

        unseen
        ru: незамеченное
        zh: 未记录的改动

        view
        ru: представление
        zh: 视图

        file
        ru: файл
        zh: 文件
        """#
}
