/// The messages of the expressions in schemas.
enum ExpressionPhrases {
    static let text = #"""
        a definition is not one statement of SQL, and is not carried out
        ru: определение — не одна команда SQL и не выполняется
        zh: 定义不是单条 SQL 语句，不予执行

        is no constant: rows that are there already show it, and must show the same everywhere
        ru: не постоянно: его уже показывают имеющиеся строки, и оно должно быть везде одинаковым
        zh: 不是常量：已有的行都会显示它，且各处必须一致

        is changed by the type {} where it is stored: write it as that type has it
        ru: меняется при хранении из-за типа {1}: пишите так, как хранит этот тип
        zh: 存储时会被类型 {1} 改变：请按该类型的形式书写

        is none that the column can hold
        ru: не подходит столбцу
        zh: 不是该列能保存的值

        calls {}, which is not among the functions that every replica permits there: {}
        ru: вызывает {1}, а этой функции нет среди тех, что здесь разрешены в каждой реплике: {2}
        zh: 调用了 {1}，它不在每个副本都允许的函数之列：{2}

        write it with {}
        ru: обойдитесь функциями {1}
        zh: 请改用 {1}

        write GLOB, or have it checked by the program that writes
        ru: пишите GLOB, или пусть это проверяет программа, которая пишет
        zh: 请写 GLOB，或由写入的程序检查

        write plain digits
        ru: пишите просто цифрами
        zh: 请只写数字

        calls {} with {} arguments, and it may have {}{}
        en: calls {1} with {2} {2:argument|arguments}, and it may have {3}{4}
        ru: вызывает {1} с числом аргументов {2}, а допустимо {3}{4}
        zh: 调用 {1} 时有 {2} 个参数，而允许的是 {3}{4}

        write GLOB, or instr(lower(x), 'text') > 0
        ru: пишите GLOB или instr(lower(x), 'text') > 0
        zh: 请写 GLOB，或 instr(lower(x), 'text') > 0

        write x GLOB 'pattern'
        ru: пишите x GLOB 'pattern'
        zh: 请写 x GLOB 'pattern'

        write iif, with three arguments
        ru: пишите iif с тремя аргументами
        zh: 请写三个参数的 iif

        write length(hex(x)) / 2
        ru: пишите length(hex(x)) / 2
        zh: 请写 length(hex(x)) / 2

        leave it out
        ru: уберите это
        zh: 请去掉

        they tell the time, or differ between versions; write dates as texts such as 2026-01-31, and compare those
        ru: они дают текущее время или зависят от версии; пишите даты текстом, например 2026-01-31, и сравнивайте тексты
        zh: 它们取当前时间或因版本而异；请把日期写成文本，如 2026-01-31，并比较文本

        it differs between versions; have it checked by the program that writes
        ru: это зависит от версии; пусть проверяет программа, которая пишет
        zh: 它因版本而异；请由写入的程序检查

        only the row's own values
        ru: только значения самой строки
        zh: 只能用本行的值

        write round(x * 100) / 100, for its digits are not the same in every SQLite
        ru: пишите round(x * 100) / 100: цифры у этой функции не в каждой SQLite одинаковы
        zh: 请写 round(x * 100) / 100，因为它的数字在各 SQLite 中不尽相同

        wrong number of arguments to function
        ru: неверное число аргументов функции
        zh: 函数的参数个数不对

        no such function:
        ru: нет функции:
        zh: 没有函数：

        calls abs of what may be an integer, and the least one has no opposite: write max(x, -x)
        ru: вызывает abs от возможного целого, а у наименьшего целого нет противоположного: пишите max(x, -x)
        zh: 对可能是整数的值调用 abs，而最小的整数没有相反数：请写 max(x, -x)

        calls replace with nothing to look for: leave the call out
        ru: вызывает replace с пустым образцом: уберите вызов
        zh: 调用 replace 却没有要找的内容：请去掉该调用

        calls randomblob with another number than 1 to 1024: write one of these
        ru: вызывает randomblob с числом не от 1 до 1024: возьмите число из этих пределов
        zh: 调用 randomblob 的数不在 1 到 1024 之间：请写此范围内的数

        calls strftime with a format that not every SQLite knows: write a literal with %d %f %H %j %J %m %M %s %S %w \#
        %W %Y %%
        ru: вызывает strftime с форматом, который знает не каждая SQLite: пишите литерал с %d %f %H %j %J %m %M %s \#
        %S %w %W %Y %%
        zh: 调用 strftime 的格式并非每个 SQLite 都支持：请写只含 %d %f %H %j %J %m %M %s %S %w %W %Y %% 的字面量

        calls printf with a format that not every SQLite knows: write a literal with plain widths, such as '%s-%04d'
        ru: вызывает printf с форматом, который знает не каждая SQLite: пишите литерал с простой шириной, например \#
        '%s-%04d'
        zh: 调用 printf 的格式并非每个 SQLite 都支持：请写宽度简单的字面量，如 '%s-%04d'

        calls a function of time with a modifier that not every SQLite knows: write a literal such as '+1 day', \#
        'start of month' or 'unixepoch'
        ru: вызывает функцию времени с модификатором, который знает не каждая SQLite: пишите литерал, например '+1 \#
        day', 'start of month' или 'unixepoch'
        zh: 调用时间函数的修饰词并非每个 SQLite 都支持：请写字面量，如 '+1 day'、'start of month' 或 'unixepoch'

        has a byte order mark in it: take it out
        ru: содержит метку порядка байтов: уберите её
        zh: 含有字节顺序标记：请去掉

        is not one expression: a quote stays open
        ru: не является одним выражением: кавычка не закрыта
        zh: 不是单个表达式：引号没有闭合

        has a blob that is no pairs of hexadecimal digits
        ru: содержит блоб, записанный не парами шестнадцатеричных цифр
        zh: 含有不是成对十六进制数字的二进制值

        has a comment in it: take it out
        ru: содержит комментарий: уберите его
        zh: 含有注释：请去掉

        uses ->, which SQLite has only since 3.38: keep what is compared in a column of its own
        ru: использует ->, который есть в SQLite только с 3.38: храните сравниваемое в отдельном столбце
        zh: 使用了 ->，SQLite 3.38 起才有：请把要比较的内容存到单独的列

        is not one expression: {} cannot stand in it
        ru: не является одним выражением: {1} здесь недопустимо
        zh: 不是单个表达式：其中不能有 {1}

        has a number with {} behind its digits: write plain digits
        ru: содержит число, после цифр которого стоит {1}: пишите только цифры
        zh: 数字后面带有 {1}：请只写数字

        has a decimal number of more than {} digits, or of more than {} behind the point, which not every \#
        SQLite rounds alike: write a shorter one
        ru: содержит десятичное число более чем из {1} цифр или с более чем {2} за точкой, которое не каждая \#
        SQLite округляет одинаково: пишите короче
        zh: 含有超过 {1} 位、或小数点后超过 {2} 位的小数，各 SQLite 舍入不一：请写短些

        has an integer of more than 64 bits: write a smaller one
        ru: содержит целое более чем из 64 битов: пишите меньшее
        zh: 含有超过 64 位的整数：请写小些

        has a hexadecimal number of other than 1 to 16 digits: write plain digits
        ru: содержит шестнадцатеричное число не из 1–16 цифр: пишите простые цифры
        zh: 含有不是 1 到 16 位的十六进制数：请写普通数字

        calls a function by a name in quotes: take them away
        ru: вызывает функцию по имени в кавычках: уберите кавычки
        zh: 用引号中的名称调用函数：请去掉引号

        has a list of more than {} values: write a shorter one
        ru: содержит список из более чем {1} {1:значения|значений|значений}: сократите его
        zh: 含有超过 {1} 个值的列表：请写短些

        casts to another type than INTEGER, REAL and TEXT: use one of these
        ru: приводит к типу, отличному от INTEGER, REAL и TEXT: возьмите один из них
        zh: 转换成 INTEGER、REAL、TEXT 以外的类型：请用其中之一

        has more than {} bytes: write a shorter one
        ru: длиннее {1} {1:байта|байтов|байтов}: пишите короче
        zh: 超过 {1} 字节：请写短些

        has a NUL in it: take it out
        ru: содержит NUL: уберите его
        zh: 含有 NUL：请去掉

        is not one expression: it ends too early
        ru: не является одним выражением: обрывается слишком рано
        zh: 不是单个表达式：过早结束

        is not one expression: {} stands where it cannot
        ru: не является одним выражением: {1} стоит не на месте
        zh: 不是单个表达式：{1} 的位置不对

        is not one expression: a value stands where it cannot
        ru: не является одним выражением: значение стоит не на месте
        zh: 不是单个表达式：某个值的位置不对

        LIKE depends on how each program's SQLite is built and set: write GLOB, or instr(lower(x), 'text') > 0
        ru: LIKE зависит от сборки и настроек SQLite каждой программы: пишите GLOB или instr(lower(x), 'text') \#
        > 0
        zh: LIKE 取决于各程序的 SQLite 如何编译和设置：请写 GLOB，或 instr(lower(x), 'text') > 0

        REGEXP is in no plain SQLite: write GLOB
        ru: REGEXP нет в простой SQLite: пишите GLOB
        zh: 普通 SQLite 没有 REGEXP：请写 GLOB

        MATCH is in no plain SQLite: write GLOB
        ru: MATCH нет в простой SQLite: пишите GLOB
        zh: 普通 SQLite 没有 MATCH：请写 GLOB

        it reads more than it may: only the row's own columns
        ru: оно читает больше, чем можно: только столбцы самой строки
        zh: 它读取的超出允许：只能读本行的列

        cannot be used: {}
        ru: не годится: {1}
        zh: 不能使用：{1}

        is nested too deeply: write a simpler one
        ru: слишком глубоко вложено: пишите проще
        zh: 嵌套太深：请写简单些

        has a NOT behind an operator: put it in parentheses
        ru: содержит NOT после оператора: возьмите его в скобки
        zh: 运算符后有 NOT：请加括号

        has a collation that other programs lack: use BINARY, NOCASE or RTRIM
        ru: содержит сравнение, которого нет у других программ: возьмите BINARY, NOCASE или RTRIM
        zh: 使用了其他程序没有的排序规则：请用 BINARY、NOCASE 或 RTRIM

        cannot be read: no such column: {}; a text stands in single quotes
        ru: не читается: нет столбца {1}; текст пишут в одинарных кавычках
        zh: 无法读取：没有列 {1}；文本要用单引号

        has more than {} operators, calls and columns, those of the generated columns that it reads among them: \#
        write a simpler one
        ru: содержит более {1} операторов, вызовов и столбцов, считая и те, что в читаемых вычисляемых \#
        столбцах: пишите проще
        zh: 运算符、调用和列超过 {1} 个（包括所读生成列中的）：请写简单些

        may come to a value more than {} times as long as a column's, which not every replica has room for: \#
        write a shorter one
        ru: может дать значение более чем в {1} раз длиннее столбца, на что не у каждой реплики есть место: \#
        пишите короче
        zh: 可能得到比列长 {1} 倍以上的值，并非每个副本都放得下：请写短些

        takes a text for a number, which not every SQLite reads alike: write CAST(… AS INTEGER), or give the column \#
        a type of numbers
        ru: принимает текст за число, а его не каждая SQLite читает одинаково: пишите CAST(… AS INTEGER) или дайте \#
        столбцу числовой тип
        zh: 把文本当作数字，各 SQLite 读法不一：请写 CAST(… AS INTEGER)，或给该列数字类型

        takes what may be a real for a text, whose digits are not the same in every SQLite: write CAST(… AS \#
        INTEGER), or give the column the type TEXT
        ru: принимает за текст то, что может быть дробным, а его цифры не в каждой SQLite одинаковы: пишите CAST(… \#
        AS INTEGER) или дайте столбцу тип TEXT
        zh: 把可能的实数当作文本，而各 SQLite 的数字不尽相同：请写 CAST(… AS INTEGER)，或给该列 TEXT 类型

        looks for what is no literal text of at most {} bytes: write that text, in single quotes
        ru: ищет не литерал длиной до {1} {1:байта|байтов|байтов}: напишите такой текст в одинарных кавычках
        zh: 查找的不是至多 {1} 字节的字面文本：请用单引号写出该文本

        takes a part of a text at what may be any number, and SQLites differ beyond 31 bits: write a number \#
        there, or what length or instr gives
        ru: берёт часть текста с места, которое может быть любым числом, а SQLite расходятся за 31 битом: \#
        напишите там число или то, что дают length или instr
        zh: 以任意数为位置取文本的一部分，而超过 31 位时各 SQLite 不同：请在那里写数字，或 length、instr 的结果

        takes a text for true or false: compare it, as in x <> ''
        ru: принимает текст за истину или ложь: сравните его, например x <> ''
        zh: 把文本当作真假：请比较，如 x <> ''

        compares a number with what may be a text: write CAST(… AS INTEGER), or compare with a number
        ru: сравнивает число с возможным текстом: пишите CAST(… AS INTEGER) или сравнивайте с числом
        zh: 把数字与可能的文本比较：请写 CAST(… AS INTEGER)，或与数字比较

        compares a text with what may be a real, whose digits are not the same in every SQLite: compare with a text
        ru: сравнивает текст с тем, что может быть дробным, а его цифры не в каждой SQLite одинаковы: сравнивайте с \#
        текстом
        zh: 把文本与可能的实数比较，而各 SQLite 的数字不尽相同：请与文本比较

        has an IN with more than literals in its list: write = and OR
        ru: содержит IN, в списке которого не только литералы: пишите = и OR
        zh: IN 的列表中不全是字面量：请写 = 和 OR

        holds GLOB against what may be a blob, which not every SQLite answers alike: write CAST(… AS TEXT) GLOB \#
        …
        ru: применяет GLOB к возможному блобу, на что не каждая SQLite отвечает одинаково: пишите CAST(… AS \#
        TEXT) GLOB …
        zh: 对可能的二进制值用 GLOB，各 SQLite 结果不一：请写 CAST(… AS TEXT) GLOB …

        may come to a text in a column of numbers, which not every SQLite reads alike: give the column the type \#
        TEXT, or write CAST(… AS INTEGER)
        ru: может дать текст в столбце чисел, что не каждая SQLite читает одинаково: дайте столбцу тип TEXT или \#
        пишите CAST(… AS INTEGER)
        zh: 可能在数字列中得到文本，各 SQLite 读法不一：请给该列 TEXT 类型，或写 CAST(… AS INTEGER)

        cannot be read: no such column: {}
        ru: не читается: нет столбца {1}
        zh: 无法读取：没有列 {1}

        reads itself: a generated column is made of others
        ru: читает сам себя: вычисляемый столбец получают из других
        zh: 读取自身：生成列要由其他列得出

        reads generated columns that read generated columns, more than {} deep: read the columns that they are \#
        made of
        ru: читает вычисляемые столбцы из вычисляемых глубже {1}: читайте те, из которых они сделаны
        zh: 生成列层层读取生成列超过 {1} 层：请直接读它们所依据的列

        has the name {}: a name has 1 to {} bytes, without NUL
        ru: имеет имя {1}: в имени от 1 до {2} {2:байта|байтов|байтов}, без NUL
        zh: 名称为 {1}：名称要有 1 到 {2} 字节，且不含 NUL

        has the name {}, which is not in Unicode's normal form C: write its letters composed, as keyboards do
        ru: имеет имя {1} не в нормальной форме C Юникода: наберите его с клавиатуры
        zh: 名称 {1} 不是 Unicode 规范形式 C：请像键盘输入那样写组合好的字母
        """#
}
