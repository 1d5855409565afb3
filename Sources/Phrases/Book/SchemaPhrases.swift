/// The messages of the schemas and their rules.
enum SchemaPhrases {
    static let text = #"""
        table {} refers to {}, which the schema does not have: add it
        ru: таблица {1} ссылается на {2}, которой в схеме нет: добавьте её
        zh: 表 {1} 引用 {2}，而模式中没有：请添加

        table {} refers to {} by {} columns, and its primary key has {}
        en: table {1} refers to {2} by {3} {3:column|columns}, and its primary key has {4}
        ru: таблица {1} ссылается на {2} по {3} {3:столбцу|столбцам|столбцам}, а в первичном ключе их {4}
        zh: 表 {1} 以 {3} 列引用 {2}，而其主键有 {4} 列

        column {} of table {} refers to {}.{} and must have its type, without a collation of its own, and not \#
        be generated
        ru: столбец {1} таблицы {2} ссылается на {3}.{4} и должен иметь тот же тип, без своего сравнения, и не \#
        быть вычисляемым
        zh: 表 {2} 的列 {1} 引用 {3}.{4}，必须与之同类型、没有自己的排序规则，且不是生成列

        table {} is missing in the file: nothing is ever dropped, so leave it in
        ru: в файле нет таблицы {1}: из схемы ничего не удаляется, оставьте её
        zh: 文件中缺少表 {1}：任何内容都不会删除，请保留它

        there is no column {}{} to retire: write TABLE.COLUMN
        ru: нет столбца {1}{2}, чтобы вывести его из употребления: пишите TABLE.COLUMN
        zh: 没有要停用的列 {1}{2}：请写 TABLE.COLUMN

        column {} is missing in the file: nothing is ever dropped or renamed; leave it in, or retire it with --retire {}
        ru: в файле нет столбца {1}: из схемы ничего не удаляется и не переименовывается; оставьте его или выведите \#
        из употребления (--retire {2})
        zh: 文件中缺少列 {1}：任何内容都不会删除或改名；请保留，或用 --retire {2} 停用

        column {} is retired, and another in the file: what is retired is not used again; leave it out, or give the \#
        new column another name
        ru: столбец {1} выведен из употребления, а в файле он другой: выведенное больше не используется; уберите его \#
        из файла или назовите новый столбец иначе
        zh: 列 {1} 已停用，而文件中的与之不同：停用的列不再使用；请从文件中去掉它，或给新列另取名称

        column {} is another in the file: nothing is ever retyped; add a column under another name and retire this one
        ru: столбец {1} в файле другой: типы не меняются; добавьте столбец под другим именем, а этот выведите из \#
        употребления
        zh: 文件中的列 {1} 不同：类型不会更改；请以别的名称新增列，并停用此列

        a reference of several columns ({}) cannot be added to table {}: make a new table that has it
        ru: ссылку из нескольких столбцов ({1}) нельзя добавить к таблице {2}: создайте новую таблицу с такой ссылкой
        zh: 多列的引用（{1}）不能加到表 {2} 上：请新建含它的表

        a check cannot be added to the columns that table {} has: rows elsewhere may fail it
        ru: к имеющимся столбцам таблицы {1} нельзя добавить проверку: строки на других узлах могут её не пройти
        zh: 不能给表 {1} 已有的列增加检查：别处的行可能不满足

        table {} has another primary key in the file: make a new table
        ru: у таблицы {1} в файле другой первичный ключ: создайте новую таблицу
        zh: 文件中表 {1} 的主键不同：请新建表

        table {} has other options (STRICT, WITHOUT ROWID) in the file: make a new table
        ru: у таблицы {1} в файле другие свойства (STRICT, WITHOUT ROWID): создайте новую таблицу
        zh: 文件中表 {1} 的选项（STRICT、WITHOUT ROWID）不同：请新建表

        it is {}
        ru: это {1}
        zh: 它是 {1}

        it begins with {}
        ru: она начинается с {1}
        zh: 它以 {1} 开头

        a check of table {} is missing in the file: nothing is ever dropped, so leave it in ({})
        ru: в файле нет проверки таблицы {1}: из схемы ничего не удаляется, оставьте её ({2})
        zh: 文件中缺少表 {1} 的一个检查：任何内容都不会删除，请保留（{2}）

        a reference of table {} from {} is missing or another in the file: leave it as it was
        ru: ссылки таблицы {1} из {2} в файле нет, или она другая: оставьте её прежней
        zh: 文件中缺少表 {1} 从 {2} 出发的引用，或与原来不同：请保持原样

        a reference cannot be added to the columns {} of table {}: add a new column that refers
        ru: ссылку нельзя добавить к столбцам {1} таблицы {2}: добавьте новый столбец, который ссылается
        zh: 不能给表 {2} 的列 {1} 增加引用：请新增一个引用的列

        index {} is missing in the file: nothing is ever dropped, so leave it in
        ru: в файле нет индекса {1}: из схемы ничего не удаляется, оставьте его
        zh: 文件中缺少索引 {1}：任何内容都不会删除，请保留

        index {} is another in the file: give the new one another name, and leave the old one in
        ru: индекс {1} в файле другой: дайте новому другое имя и оставьте старый
        zh: 文件中的索引 {1} 不同：请给新索引另取名称，并保留旧的

        {} exists already
        ru: {1} уже есть
        zh: {1} 已存在

        {} has no column {}
        ru: в {1} нет столбца {2}
        zh: {1} 没有列 {2}

        column {} is of the key of {}, which cannot be retired
        ru: столбец {1} входит в ключ таблицы {2}, его нельзя вывести из употребления
        zh: 列 {1} 属于 {2} 的键，不能停用

        table {} refers to {}, which is not there, or not by as many columns as its primary key has
        ru: таблица {1} ссылается на {2}, которой нет, или не столькими столбцами, сколько в её первичном ключе
        zh: 表 {1} 引用的 {2} 不存在，或列数与其主键不符

        the schema has a NUL character in it: it is no text
        ru: в схеме есть символ NUL: это не текст
        zh: 模式中有 NUL 字符：它不是文本

        there is no table {}{} to allow an integer key: check its name
        ru: нет таблицы {1}{2}, для которой разрешить целочисленный ключ: проверьте имя
        zh: 没有可允许整数键的表 {1}{2}：请检查名称

        the beginning
        ru: начала
        zh: 开头

        the schema cannot be read: {}{}
        ru: схема не читается: {1}{2}
        zh: 模式无法读取：{1}{2}

        the schema has more than 1000 tables: split the alliance
        ru: в схеме более 1000 таблиц: разделите альянс
        zh: 模式有超过 1000 个表：请拆分联盟

        {} is not an ordinary table: only those are replicated
        ru: {1} — не обычная таблица: общими бывают только обычные
        zh: {1} 不是普通表：只同步普通表

        table {} has AUTOINCREMENT: two sites would mint the same number; use a text key with a default that mints it
        ru: у таблицы {1} есть AUTOINCREMENT: два узла дали бы один и тот же номер; сделайте ключ текстовым, со \#
        значением по умолчанию, которое его создаёт
        zh: 表 {1} 有 AUTOINCREMENT：两个站点会产生相同的号码；请用带生成默认值的文本键

        column {} of table {} is hidden, which cannot be replicated: leave it out
        ru: столбец {1} таблицы {2} скрытый, такой нельзя сделать общим: уберите его
        zh: 表 {2} 的列 {1} 是隐藏的，无法同步：请去掉

        the primary key of table {} has a collation: a key is compared byte by byte, so leave it out
        ru: у первичного ключа таблицы {1} задано сравнение (COLLATE): ключи сравниваются побайтно, уберите его
        zh: 表 {1} 的主键有排序规则：键按字节比较，请去掉

        table {} has a bare integer as its only key, and two sites that are apart would mint the same number: use a \#
        text key with a default that mints it, such as DEFAULT (lower(hex(randomblob(16)))), or insist with \#
        --allow-integer-key {}
        ru: единственный ключ таблицы {1} — целое число, и два узла без связи дали бы один и тот же номер: сделайте \#
        ключ текстовым, со значением по умолчанию, которое его создаёт, например DEFAULT \#
        (lower(hex(randomblob(16)))), или разрешите это (--allow-integer-key {2})
        zh: 表 {1} 的唯一键是普通整数，彼此没有联系的两个站点会产生相同的号码：请用带生成默认值的文本键，如 DEFAULT (lower(hex(randomblob(16))))，或用 \#
        --allow-integer-key {2} 明确允许

        table {} refers to {}, which the schema does not have with a primary key: add it
        ru: таблица {1} ссылается на {2}, а такой таблицы с первичным ключом в схеме нет: добавьте её
        zh: 表 {1} 引用 {2}，而模式中没有带主键的该表：请添加

        table {} refers to {}({}), which is not its primary key: refer to ({})
        ru: таблица {1} ссылается на {2}({3}), а это не её первичный ключ: ссылайтесь на ({4})
        zh: 表 {1} 引用 {2}({3})，那不是它的主键：请引用 ({4})

        table {} has no column {} for its key
        ru: у таблицы {1} нет столбца {2} для ключа
        zh: 表 {1} 没有作为键的列 {2}

        column {} of table {}
        ru: столбец {1} таблицы {2}
        zh: 表 {2} 的列 {1}

        {} is NOT NULL without a default: rows that are there already have nothing to show
        ru: {1} — NOT NULL без значения по умолчанию: имеющимся строкам нечего показать
        zh: {1} 是没有默认值的 NOT NULL：已有的行无值可显示

        {} is generated and STORED: a column that is added is VIRTUAL
        ru: {1} — вычисляемый и STORED: добавлять можно только VIRTUAL
        zh: {1} 是生成的 STORED 列：新增的列要用 VIRTUAL

        {} comes with a reference of other columns
        ru: {1} добавляется со ссылкой, в которую входят другие столбцы
        zh: {1} 带有其他列的引用

        the default of {} {}
        ru: значение по умолчанию, {1}: {2}
        zh: {1} 的默认值{2}

        {} refers to another table and has a default, to which rows would refer that nobody made so: leave the \#
        default out
        ru: {1} ссылается на другую таблицу и имеет значение по умолчанию: строки ссылались бы на него, хотя никто \#
        этого не указывал; уберите значение по умолчанию
        zh: {1} 引用另一个表并有默认值，会使行产生无人指定的引用：请去掉默认值

        index {} has no columns, or a collation that other programs lack
        ru: у индекса {1} нет столбцов, или задано сравнение, которого нет у других программ
        zh: 索引 {1} 没有列，或使用了其他程序没有的排序规则

        index {} is of a table that does not exist
        ru: индекс {1} — для таблицы, которой нет
        zh: 索引 {1} 所属的表不存在

        index {} has more than {} columns: make it of fewer
        ru: в индексе {1} больше {2} {2:столбца|столбцов|столбцов}: сократите их число
        zh: 索引 {1} 超过 {2} 列：请减少

        index {} is on a column {} that table {} does not have
        ru: индекс {1} — по столбцу {2}, которого нет у таблицы {3}
        zh: 索引 {1} 用了表 {3} 没有的列 {2}

        is on a value that is the same for every row: an index is of columns
        ru: построен по значению, одинаковому во всех строках: индекс строят по столбцам
        zh: 建立在每行都相同的值上：索引要由列组成

        has expressions that may come to more than {} times the length of a column: make it of fewer
        ru: содержит выражения, которые могут быть более чем в {1} раз длиннее столбца: сократите их
        zh: 含有可能比列长 {1} 倍以上的表达式：请减少

        a table or index {}
        ru: таблица или индекс {1}
        zh: 某个表或索引{1}

        {} is a name that SQLite has a function for, which triggers call: choose another
        ru: имя {1} — имя функции SQLite, к которой обращаются триггеры: выберите другое
        zh: 名称 {1} 是触发器调用的 SQLite 函数的名称：请另取

        {} is a name that is kept for the node itself: choose another
        ru: имя {1} занято самим узлом: выберите другое
        zh: 名称 {1} 保留给节点自身：请另取

        table {} has more than {} columns: split it
        ru: в таблице {1} больше {2} {2:столбца|столбцов|столбцов}: разделите её
        zh: 表 {1} 超过 {2} 列：请拆分

        table {} has no primary key: give it one, such as `id TEXT NOT NULL PRIMARY KEY`
        ru: у таблицы {1} нет первичного ключа: добавьте его, например `id TEXT NOT NULL PRIMARY KEY`
        zh: 表 {1} 没有主键：请给它一个，如 `id TEXT NOT NULL PRIMARY KEY`

        table {} has two columns of one name
        ru: в таблице {1} два столбца с одним именем
        zh: 表 {1} 有两列同名

        the definition of table {} has more than {} bytes: split it
        ru: в определении таблицы {1} более {2} {2:байта|байтов|байтов}: разделите её
        zh: 表 {1} 的定义超过 {2} 字节：请拆分

        key column {} of table {}
        ru: ключевой столбец {1} таблицы {2}
        zh: 表 {2} 的键列 {1}

        {} may be NULL: write NOT NULL behind its type
        ru: {1} может быть NULL: напишите после типа NOT NULL
        zh: {1} 可以为 NULL：请在类型后写 NOT NULL

        {} is generated: a key is entered, or minted by a default
        ru: {1} — вычисляемый: ключ вводят, или его создаёт значение по умолчанию
        zh: {1} 是生成列：键要录入，或由默认值产生

        {} has the collation {}: a key is compared byte by byte, so leave it out
        ru: {1} имеет сравнение {2}: ключи сравниваются побайтно, уберите его
        zh: {1} 有排序规则 {2}：键按字节比较，请去掉

        {} has the type {}: a key is TEXT, BLOB or INTEGER
        ru: {1} имеет тип {2}: ключ бывает TEXT, BLOB или INTEGER
        zh: {1} 的类型是 {2}：键要用 TEXT、BLOB 或 INTEGER

        a reference of table {} cannot be read
        ru: ссылка таблицы {1} не читается
        zh: 表 {1} 的引用无法读取

        a column of table {} {}
        ru: столбец таблицы {1} {2}
        zh: 表 {1} 的一列{2}

        {} has the collation {}, which other programs lack: use BINARY, NOCASE or RTRIM
        ru: {1} имеет сравнение {2}, которого нет у других программ: возьмите BINARY, NOCASE или RTRIM
        zh: {1} 有其他程序没有的排序规则 {2}：请用 BINARY、NOCASE 或 RTRIM

        the type of {} cannot be replicated: use TEXT, INTEGER, REAL, BLOB or NUMERIC
        ru: {1}: такой тип нельзя сделать общим; возьмите TEXT, INTEGER, REAL, BLOB или NUMERIC
        zh: {1} 的类型无法同步：请用 TEXT、INTEGER、REAL、BLOB 或 NUMERIC

        the type of {} is none that a STRICT table has: use INT, INTEGER, REAL, TEXT, BLOB or ANY
        ru: {1}: такого типа нет в таблицах STRICT; возьмите INT, INTEGER, REAL, TEXT, BLOB или ANY
        zh: {1} 的类型不是 STRICT 表所有的：请用 INT、INTEGER、REAL、TEXT、BLOB 或 ANY

        generated column {} of table {}
        ru: вычисляемый столбец {1} таблицы {2}
        zh: 表 {2} 的生成列 {1}

        {} is NOT NULL, which a merged row could fail: leave NOT NULL out
        ru: {1} — NOT NULL, и строка после слияния могла бы это нарушить: уберите NOT NULL
        zh: {1} 是 NOT NULL，合并后的行可能不满足：请去掉 NOT NULL

        {} has a default: leave it out
        ru: {1} имеет значение по умолчанию: уберите его
        zh: {1} 有默认值：请去掉

        {} has the type {} in a STRICT table, which a merged row could fail: use ANY
        ru: {1} имеет тип {2} в таблице STRICT, и строка после слияния могла бы его нарушить: возьмите ANY
        zh: {1} 在 STRICT 表中的类型是 {2}，合并后的行可能不满足：请用 ANY

        a check of table {} {}
        ru: проверка таблицы {1} {2}
        zh: 表 {1} 的一个检查{2}

        a check of table {} {} (it begins with {})
        ru: проверка таблицы {1} {2} (она начинается с {3})
        zh: 表 {1} 的一个检查{2}（它以 {3} 开头）

        the check {} of table {} {}
        ru: проверка {1} таблицы {2} {3}
        zh: 表 {2} 的检查 {1} {3}

        the generated columns of table {} that are STORED may come to more than {} times the length of a \#
        column: make some VIRTUAL
        ru: вычисляемые столбцы STORED таблицы {1} могут быть более чем в {2} раз длиннее столбца: сделайте \#
        некоторые VIRTUAL
        zh: 表 {1} 的 STORED 生成列合计可能比一列长 {2} 倍以上：请把一些改为 VIRTUAL

        the checks, generated columns and indexes of table {} name a column more than {} times in all: write \#
        fewer or simpler ones
        ru: проверки, вычисляемые столбцы и индексы таблицы {1} называют один столбец более {2} раз: сократите или \#
        упростите их
        zh: 表 {1} 的检查、生成列和索引合计提到同一列超过 {2} 次：请减少或简化

        the checks, generated columns and indexes of table {} make texts, by || and functions, that may come to \#
        more than {} times the length of a column in all: write fewer or simpler ones
        ru: проверки, вычисляемые столбцы и индексы таблицы {1} составляют через || и функции тексты, которые вместе \#
        могут быть более чем в {2} раз длиннее столбца: сократите или упростите их
        zh: 表 {1} 的检查、生成列和索引用 || 和函数生成的文本合计可能比一列长 {2} 倍以上：请减少或简化

        table {} cannot be made: {}
        ru: не удаётся создать таблицу {1}: {2}
        zh: 无法建立表 {1}：{2}

        index {} cannot be made: {}
        ru: не удаётся создать индекс {1}: {2}
        zh: 无法建立索引 {1}：{2}

        a schema has CREATE TABLE and CREATE INDEX only: take the other statement out, after {}
        ru: в схеме бывают только CREATE TABLE и CREATE INDEX; лишняя команда стоит после: {1}
        zh: 模式中只能有 CREATE TABLE 和 CREATE INDEX：请去掉位于“{1}”之后的其他语句

        the schema has no table: write at least one CREATE TABLE
        ru: в схеме нет таблиц: нужна хотя бы одна команда CREATE TABLE
        zh: 模式中没有表：请至少写一个 CREATE TABLE

        table {} has ON CONFLICT in a constraint, which cannot be replicated: say OR REPLACE or OR IGNORE where you \#
        write
        ru: у таблицы {1} в ограничении есть ON CONFLICT, его нельзя сделать общим: пишите OR REPLACE или OR IGNORE \#
        в самих командах
        zh: 表 {1} 的约束中有 ON CONFLICT，无法同步：请在写入时用 OR REPLACE 或 OR IGNORE
        """#
}
