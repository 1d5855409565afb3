/// The messages of what is read from the wire and cannot be meant.
enum CodecPhrases {
    static let text = #"""
        a float that is NaN, negative zero or not the shortest
        ru: дробное — NaN, отрицательный ноль или не самое короткое
        zh: 浮点数是 NaN、负零或不是最短形式

        a float that is NaN, negative zero or not the shortest, or no value at all
        ru: дробное — NaN, отрицательный ноль или не самое короткое, или это вообще не значение
        zh: 浮点数是 NaN、负零或不是最短形式，或者根本不是值

        a simple value that is none of ours
        ru: простое значение, которого здесь не бывает
        zh: 不支持的简单值

        map keys that are not in ascending order
        ru: ключи не по возрастанию
        zh: 映射的键未按升序排列

        a head that is not the shortest, or of indefinite length
        ru: начало элемента не самое короткое или неопределённой длины
        zh: 头部不是最短形式，或长度不定

        an unsigned number
        ru: число без знака
        zh: 无符号数

        an integer
        ru: целое число
        zh: 整数

        true or false
        ru: истина или ложь
        zh: 真或假

        an array
        ru: массив
        zh: 数组

        an array of {}
        ru: массив из {1} {1:элемента|элементов|элементов}
        zh: 含 {1} 项的数组

        byte string
        ru: строка байтов
        zh: 字节串

        a byte string
        ru: строка байтов
        zh: 字节串

        text that is not UTF-8
        ru: текст не в UTF-8
        zh: 文本不是 UTF-8

        text that is not UTF-8, or tagged as not UTF-8 and is
        ru: текст не в UTF-8 или ошибочно помечен как не UTF-8
        zh: 文本不是 UTF-8，或被误标为非 UTF-8

        tagged as not UTF-8, and it is
        ru: помечен как не UTF-8, а это UTF-8
        zh: 标为非 UTF-8，而它是 UTF-8

        control operations of more than {} bytes
        ru: управляющие операции длиннее {1} {1:байта|байтов|байтов}
        zh: 控制操作超过 {1} 字节

        control operation {}: {}
        ru: управляющая операция {1}: {2}
        zh: 控制操作 {1}：{2}

        an operation number
        ru: номер операции
        zh: 操作编号

        a role that there is not
        ru: роль, которой нет
        zh: 不存在的角色

        the feed of another site
        ru: лента другого узла
        zh: 另一站点的写入流

        a role that is no lesser right
        ru: роль, которая не меньше прежней
        zh: 权限并未降低的角色

        index {} has no column
        ru: в индексе {1} нет столбцов
        zh: 索引 {1} 没有列

        name of {}
        ru: имя {1?site:узла|alliance:альянса|institution:организации}
        zh: {1?site:站点|alliance:联盟|institution:机构}的名称

        a {} without a name
        ru: {1?site:узел|alliance:альянс|institution:организация} без имени
        zh: {1?site:站点|alliance:联盟|institution:机构}没有名称

        {} is none of {}
        ru: {1} — не из списка: {2}
        zh: {1} 不在 {2} 之列

        an expression that is empty or has a NUL
        ru: выражение пустое или содержит NUL
        zh: 表达式为空或含有 NUL

        an identifier that is empty or has a NUL
        ru: имя пустое или содержит NUL
        zh: 标识符为空或含有 NUL

        a column of table {} is named twice
        ru: столбец таблицы {1} назван дважды
        zh: 表 {1} 的某列出现两次

        the key of table {} is not of its columns
        ru: ключ таблицы {1} не из её столбцов
        zh: 表 {1} 的键不是由它的列组成

        a reference from no column
        ru: ссылка без столбцов
        zh: 没有列的引用

        the name of a scope has a-z, 0-9 and hyphens only
        ru: в имени области бывают только a-z, 0-9 и дефисы
        zh: 范围的名称只能含 a-z、0-9 和连字符

        the name of a scope has 1 to 64 of a-z, 0-9 and hyphens
        ru: имя области — от 1 до 64 знаков a-z, 0-9 и дефисов
        zh: 范围的名称为 1 到 64 个 a-z、0-9 和连字符

        a site that is nobody's key
        ru: идентификатор узла, который не может быть ключом
        zh: 不可能是密钥的站点编号

        a seq of {}
        ru: номер {1}
        zh: 序号 {1}

        a seq lies between 1 and 2^47 - 1
        ru: номер бывает от 1 до 2^47 - 1
        zh: 序号应在 1 到 2^47 - 1 之间

        the first header and no other follows none
        ru: без предыдущего бывает только первый заголовок
        zh: 只有第一个头部没有前驱

        operations travel in chunks
        ru: операции передаются кусками
        zh: 操作须以数据块传送

        more operations than its chunks have bytes
        ru: операций больше, чем байтов в кусках
        zh: 操作数多于其数据块的字节数

        a context names its own feed by the seq and previous
        ru: в контексте не указывают собственную ленту
        zh: 上下文不应列出自己的写入流

        a context covers feeds of its own scope and of control
        ru: в контексте бывают только ленты своей области и control
        zh: 上下文只能包含本范围和 control 的写入流

        a context names feeds that have begun
        ru: в контексте бывают только начатые ленты
        zh: 上下文只能列出已开始的写入流

        heads that are not in ascending order
        ru: заголовки не по возрастанию
        zh: 头部未按升序排列

        a signature has {} bytes
        ru: в подписи должно быть {1} {1:байт|байта|байтов}
        zh: 签名应为 {1} 字节

        a header has at most {} bytes
        ru: в заголовке не более {1} {1:байта|байтов|байтов}
        zh: 头部至多 {1} 字节

        a hello that says that it does not stay
        ru: приветствие с ненужной отметкой
        zh: 握手中有多余的标记

        a feed among the branches that is none
        ru: среди ветвей лента, которая не ветвь
        zh: 分支列表中有不是分支的写入流

        a hello that marks nothing
        ru: приветствие без отметок
        zh: 握手中没有标记

        frames of at most {} bytes, which hold no changes
        ru: кадры до {1} {1:байта|байтов|байтов}, куда не помещаются изменения
        zh: 帧至多 {1} 字节，放不下变更

        a hello has its vector in one form
        ru: в приветствии вектор бывает только в одном виде
        zh: 握手中的向量只能有一种形式

        versions from {} to {}
        ru: версии с {1} по {2}
        zh: 版本 {1} 到 {2}

        scopes that are not in ascending order
        ru: области не по возрастанию
        zh: 范围未按升序排列

        a part of a part, or of nothing
        ru: часть части или часть ничего
        zh: 分段的分段，或空的分段

        message type {} is of a later version
        ru: вид сообщения {1} — из более новой версии
        zh: 消息类型 {1} 属于更新的版本

        error code
        ru: код ошибки
        zh: 错误代码

        fields that are not in ascending order
        ru: поля не по возрастанию
        zh: 字段未按升序排列

        a message without its field {}
        ru: сообщение без поля {1}
        zh: 消息缺少字段 {1}

        a message within the parts of another
        ru: сообщение среди частей другого
        zh: 消息夹在另一消息的分段之间

        a part that is shorter than it need be
        ru: часть короче, чем нужно
        zh: 分段过短

        parts of a message that goes in one frame
        ru: части сообщения, которое помещается в один кадр
        zh: 一帧即可容纳的消息却被分段

        later incarnations that are not in ascending order
        ru: воплощения не по возрастанию
        zh: 写入序列（incarnation）未按升序排列

        position in the roster
        ru: место в списке участников
        zh: 名册中的位置

        {} numbers a feed
        ru: число номеров одной ленты {1}
        zh: 一个写入流有 {1} 个编号

        a scope without a feed
        ru: область без лент
        zh: 没有写入流的范围

        a hello names a bounded number of unfinished changesets
        ru: в приветствии слишком много незаконченных наборов изменений
        zh: 握手中未完成的变更集过多

        unfinished changesets
        ru: незаконченные наборы изменений
        zh: 未完成的变更集

        unfinished changesets that are not in ascending order
        ru: незаконченные наборы изменений не по возрастанию
        zh: 未完成的变更集未按升序排列

        unfinished changeset
        ru: незаконченный набор изменений
        zh: 未完成的变更集

        an unfinished changeset
        ru: незаконченный набор изменений
        zh: 未完成的变更集

        feeds that are not in ascending order
        ru: ленты не по возрастанию
        zh: 写入流未按升序排列

        vector entry
        ru: запись вектора
        zh: 向量条目

        site and seq
        ru: узел и номер
        zh: 站点和序号

        an incarnation of 0 is left out
        ru: нулевое воплощение не указывают
        zh: 为 0 的写入序列（incarnation）应省略

        a branch that ends before it begins
        ru: ветвь кончается раньше, чем начинается
        zh: 分支的终点在起点之前

        a chunk that is empty, or not full and not the last
        ru: кусок пуст или не полон, хотя и не последний
        zh: 数据块为空，或未满而又不是最后一块

        not deterministic CBOR
        ru: не детерминированный CBOR
        zh: 不是确定性 CBOR

        not an operation
        ru: не операция
        zh: 不是操作

        not as many values as its table has columns
        ru: значений не столько, сколько столбцов в таблице
        zh: 值的个数与表的列数不符

        a row without a table
        ru: строка без таблицы
        zh: 没有表的行

        columns that are not in ascending order, or that its table has not
        ru: столбцы не по возрастанию, или их нет в таблице
        zh: 列未按升序排列，或表中没有

        keys that are not in ascending order
        ru: ключи не по возрастанию
        zh: 键未按升序排列

        a key of more than 4,096 bytes
        ru: ключ длиннее 4096 байтов
        zh: 键超过 4096 字节

        an operation of more than 128 MiB, or a value of more than 64
        ru: операция больше 128 МиБ или значение больше 64 МиБ
        zh: 操作超过 128 MiB，或值超过 64 MiB

        a table item: {}
        ru: запись о таблице: {1}
        zh: 表条目：{1}

        table {} has no row
        ru: в таблице {1} нет строк
        zh: 表 {1} 没有行

        tables that are not in ascending order
        ru: таблицы не по возрастанию
        zh: 表未按升序排列

        a table item begins with 0
        ru: запись о таблице начинается с 0
        zh: 表条目应以 0 开头

        table name
        ru: имя таблицы
        zh: 表名

        column name
        ru: имя столбца
        zh: 列名

        the operations end inside an operation
        ru: операции обрываются посреди операции
        zh: 数据在某个操作中间结束

        the last table has no row
        ru: в последней таблице нет строк
        zh: 最后一个表没有行

        columns of an update ascend within the table's
        ru: столбцы правки не по возрастанию или не из таблицы
        zh: 更新的列未按升序排列或不在表中

        table {} has {} key columns and {} others
        en: table {1} has {2} key {2:column|columns} and {3} others
        ru: в таблице {1} ключевых столбцов {2}, прочих {3}
        zh: 表 {1} 有 {2} 个键列和 {3} 个其他列

        a name in table {} has no or too many bytes
        ru: имя в таблице {1} пустое или слишком длинное
        zh: 表 {1} 中有名称为空或过长

        the columns of table {} are not in ascending order
        ru: столбцы таблицы {1} не по возрастанию
        zh: 表 {1} 的列未按升序排列

        a header before the last chunk of the changeset before
        ru: заголовок раньше последнего куска предыдущего набора изменений
        zh: 上一个变更集的最后一块之前就出现头部

        more chunks left out than there are
        ru: пропущено больше кусков, чем есть
        zh: 省略的数据块多于实有

        a chunk without a header
        ru: кусок без заголовка
        zh: 没有头部的数据块

        more chunks than the header names
        ru: кусков больше, чем указано в заголовке
        zh: 数据块多于头部所列

        stream item
        ru: элемент потока
        zh: 数据流条目

        0 chunks left out are not mentioned
        ru: пропуск 0 кусков не указывают
        zh: 省略 0 个数据块时不应说明

        a header or a chunk
        ru: заголовок или кусок
        zh: 头部或数据块
        """#
}
