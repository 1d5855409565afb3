/// The messages of SQLite.
enum SQLitePhrases {
    static let text = #"""
        no such table: {}
        ru: нет таблицы: {1}
        zh: 没有表：{1}

        no such column: {}
        ru: нет столбца: {1}
        zh: 没有列：{1}

        no such function: {}
        ru: нет функции: {1}
        zh: 没有函数：{1}

        table {} has no column named {}
        ru: в таблице {1} нет столбца {2}
        zh: 表 {1} 没有名为 {2} 的列

        near "{}": syntax error
        ru: ошибка в SQL возле «{1}»
        zh: “{1}”附近有语法错误

        incomplete input
        ru: запрос не закончен
        zh: 语句不完整

        unrecognized token: "{}"
        ru: непонятный знак: «{1}»
        zh: 无法识别的符号：“{1}”

        NOT NULL constraint failed: {}
        ru: столбец не может быть пустым: {1}
        zh: 不能为空：{1}

        CHECK constraint failed: {}
        ru: нарушена проверка: {1}
        zh: 违反检查约束：{1}

        FOREIGN KEY constraint failed
        ru: нарушен внешний ключ
        zh: 违反外键

        datatype mismatch
        ru: не тот тип значения
        zh: 值的类型不符

        {} values for {} columns
        en: {1} {1:value|values} for {2} {2:column|columns}
        ru: значений {1}, а столбцов {2}
        zh: {1} 个值对应 {2} 列

        wrong number of arguments to function {}
        ru: неверное число аргументов функции {1}
        zh: 函数 {1} 的参数个数不对

        table {} has {} columns but {} values were supplied
        en: table {1} has {2} {2:column|columns} but {3} {3:value was|values were} supplied
        ru: в таблице {1} столбцов: {2}, а значений дано: {3}
        zh: 表 {1} 有 {2} 列，却给出了 {3} 个值

        malformed JSON
        ru: неправильный JSON
        zh: JSON 格式不正确

        bad JSON path: {}
        ru: неправильный путь JSON: {1}
        zh: JSON 路径不正确：{1}

        JSON cannot hold BLOB values
        ru: JSON не может содержать BLOB
        zh: JSON 不能包含 BLOB 值

        ambiguous column name: {}
        ru: неясно, из какой таблицы столбец {1}
        zh: 列名 {1} 有歧义

        misuse of aggregate: {}
        ru: агрегатная функция не на месте: {1}
        zh: 聚合函数使用不当：{1}

        misuse of aggregate function {}
        ru: агрегатная функция {1} не на месте
        zh: 聚合函数 {1} 使用不当

        misuse of window function {}
        ru: оконная функция {1} не на месте
        zh: 窗口函数 {1} 使用不当

        table {} already exists
        ru: таблица {1} уже есть
        zh: 表 {1} 已存在

        index {} already exists
        ru: индекс {1} уже есть
        zh: 索引 {1} 已存在

        view {} already exists
        ru: представление {1} уже есть
        zh: 视图 {1} 已存在

        trigger {} already exists
        ru: триггер {1} уже есть
        zh: 触发器 {1} 已存在

        duplicate column name: {}
        ru: столбец {1} назван дважды
        zh: 列名重复：{1}

        no such index: {}
        ru: нет индекса: {1}
        zh: 没有索引：{1}

        no such view: {}
        ru: нет представления: {1}
        zh: 没有视图：{1}

        no such trigger: {}
        ru: нет триггера: {1}
        zh: 没有触发器：{1}

        no such savepoint: {}
        ru: нет точки сохранения: {1}
        zh: 没有保存点：{1}

        no tables specified
        ru: не указана таблица
        zh: 没有指明表

        cannot start a transaction within a transaction
        ru: нельзя начать транзакцию внутри транзакции
        zh: 不能在事务中再开始事务

        cannot commit - no transaction is active
        ru: нечего завершать: транзакция не начата
        zh: 无法提交：没有进行中的事务

        cannot rollback - no transaction is active
        ru: нечего отменять: транзакция не начата
        zh: 无法回滚：没有进行中的事务

        sub-select returns {} columns - expected {}
        ru: вложенный запрос даёт столбцов: {1}, а нужно: {2}
        zh: 子查询返回 {1} 列，而应为 {2} 列

        SELECTs to the left and right of {} do not have the same number of result columns
        ru: в запросах слева и справа от {1} разное число столбцов
        zh: {1} 两边的 SELECT 列数不同

        all VALUES must have the same number of terms
        ru: во всех строках VALUES должно быть одинаковое число значений
        zh: VALUES 各行的值个数必须相同

        cannot modify {} because it is a view
        ru: {1} — представление, его нельзя изменять
        zh: {1} 是视图，不能修改

        cannot UPDATE generated column "{}"
        ru: столбец {1} вычисляемый, его нельзя изменять
        zh: 列 {1} 是生成列，不能修改

        cannot INSERT into generated column "{}"
        ru: столбец {1} вычисляемый, в него нельзя вставлять
        zh: 列 {1} 是生成列，不能插入值

        integer overflow
        ru: целое число слишком велико
        zh: 整数溢出

        string or blob too big
        ru: текст или блоб слишком велик
        zh: 文本或二进制值太大

        foreign key mismatch - "{}" referencing "{}"
        ru: внешний ключ таблицы {1} не соответствует ключу таблицы {2}
        zh: 表 {1} 的外键与表 {2} 的键不符

        ON CONFLICT clause does not match any PRIMARY KEY or UNIQUE constraint
        ru: ON CONFLICT не соответствует ни PRIMARY KEY, ни UNIQUE
        zh: ON CONFLICT 与任何 PRIMARY KEY 或 UNIQUE 约束都不符
        """#
}
