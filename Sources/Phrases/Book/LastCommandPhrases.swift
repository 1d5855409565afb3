/// The messages of the commands from `resolve` to `verify`.
enum LastCommandPhrases {
    static let text = #"""
        --table, --kind, --merge and --dry-run are for --all only
        ru: --table, --kind, --merge и --dry-run — только для --all
        zh: --table、--kind、--merge 和 --dry-run 只用于 --all

        say which row: caravan resolve TABLE KEY …; `caravan conflicts` lists them
        ru: скажите, какая строка: caravan resolve TABLE KEY …; их перечисляет `caravan conflicts`
        zh: 请指明哪一行：caravan resolve TABLE KEY …；`caravan conflicts` 会列出

        with --all say --take shown, --take SITE, or --merge, and no row
        ru: с --all скажите --take shown, --take SITE или --merge, без строки
        zh: 使用 --all 时请写 --take shown、--take SITE 或 --merge，不要指定行

        say one of --take, --value, --keep-row, --delete-row and --merge-into
        ru: скажите одно из --take, --value, --keep-row, --delete-row и --merge-into
        zh: 请写 --take、--value、--keep-row、--delete-row、--merge-into 之一

        say which column: caravan resolve TABLE KEY COLUMN --take …
        ru: скажите, какой столбец: caravan resolve TABLE KEY COLUMN --take …
        zh: 请指明哪一列：caravan resolve TABLE KEY COLUMN --take …

        a column is for --take and --value only
        ru: столбец — только для --take и --value
        zh: 列只用于 --take 和 --value

        --taking is for --merge-into only
        ru: --taking — только для --merge-into
        zh: --taking 只用于 --merge-into

        name the file with the whole schema, or say --default, and not both
        ru: назовите файл со всей схемой или скажите --default, но не то и другое
        zh: 请给出完整模式的文件，或写 --default，二者不可兼用

        --retire and --allow-integer-key go with a file: write one, or leave them out
        ru: --retire и --allow-integer-key идут с файлом: назовите его или уберите их
        zh: --retire 和 --allow-integer-key 要配合文件：请写文件，或去掉它们

        would be done:
        ru: было бы сделано:
        zh: 将执行：

        the schema is that already
        ru: схема уже такова
        zh: 模式已经如此

        --default shows SQL alone: leave --json out, or found a node and ask that
        ru: --default показывает только SQL: уберите --json или основайте узел и спросите его
        zh: --default 只显示 SQL：请去掉 --json，或先建立节点再查询

        -- retired in {}: {}
        ru: -- выведены в {1}: {2}
        zh: -- {1} 中已停用：{2}

        there is no replicated table {}{}: check its name
        ru: нет реплицируемой таблицы {1}{2}: проверьте имя
        zh: 没有同步表 {1}{2}：请检查名称

        rebuilt {}
        ru: перестроена {1}
        zh: 已重建 {1}

        made {}
        ru: создано: {1}
        zh: 已创建 {1}

        the alliance does not have the tables that the views read
        ru: в альянсе нет таблиц, которые читают представления
        zh: 联盟没有这些视图所读的表

        inserted  {}
        ru: вставлено  {1}
        zh: 插入  {1}

        said that it stays
        ru: сказано, что строка остаётся
        zh: 声明该行保留

        changed   {}
        ru: изменено   {1}
        zh: 更改  {1}

        deleted
        ru: удалено
        zh: 删除

        had not seen {}
        ru: не видел {1}
        zh: 当时未见 {1}

        records
        ru: записи
        zh: 记录

        , {} free
        ru: , свободно {1}
        zh: ，剩余 {1}

        {}, {} KiB on disk{}
        ru: {1}, {2} КиБ на диске{3}
        zh: {1} 个，磁盘占用 {2} KiB{3}

        to seal
        ru: запечатать
        zh: 待封存

        {} rows
        ru: {1} {1:строка|строки|строк}
        zh: {1} 行

        unfinished
        ru: не закончено
        zh: 未完成

        a changeset of {}, {} so far{}
        ru: набор изменений от {1}, пока {2}{3}
        zh: {1} 的变更集，已到 {2}{3}

        waiting
        ru: ждут
        zh: 等待

        {} changesets wait for others that they build on
        ru: {1} {1:набор изменений ждёт|набора изменений ждут|наборов изменений ждут} других, на которых \#
        {1:основан|основаны|основаны}
        zh: {1} 个变更集在等待它们所依据的其他变更集

        newer
        ru: новее
        zh: 较新

        {} changesets are of newer software: update this software to show them
        ru: {1} {1:набор изменений сделан|набора изменений сделаны|наборов изменений сделаны} новой версией: \#
        обновите программу, чтобы их видеть
        zh: {1} 个变更集来自更新的软件：请升级本软件以显示它们

        failed
        ru: не вышло
        zh: 失败

        {} changesets cannot be applied on this node: `caravan doctor` says why
        ru: {1} {1:набор|набора|наборов} изменений нельзя применить на этом узле: почему, скажет `caravan \#
        doctor`
        zh: {1} 个变更集无法在本节点应用：`caravan doctor` 说明原因

        without effect
        ru: без действия
        zh: 不生效

        {} void, {} quarantined: `caravan log` says why
        ru: недействительны: {1}, в карантине: {2}; почему, скажет `caravan log`
        zh: 无效 {1} 个，隔离 {2} 个：`caravan log` 说明原因

        none
        ru: нет
        zh: 无

        {}: `caravan conflicts` lists them
        ru: {1}: их перечисляет `caravan conflicts`
        zh: {1}：`caravan conflicts` 会列出

        put aside
        ru: отложено
        zh: 已搁置

        {}, made by hand: `caravan doctor` says why
        ru: {1}, сделано вручную: почему, скажет `caravan doctor`
        zh: {1}，为手工所建：`caravan doctor` 说明原因

        refused here
        ru: отказано здесь
        zh: 在此被拒

        traffic
        ru: трафик
        zh: 流量

        does not run
        ru: не работает
        zh: 未运行

        digest
        ru: дайджест
        zh: 摘要

        nobody
        ru: ни с кем
        zh: 无人

        1 member
        ru: 1 участником
        zh: 1 个成员

        {} members
        ru: {1} {1:участником|участниками|участниками}
        zh: {1} 个成员

        since {} at {}, connected with {}
        ru: с {1} по адресу {2}, связан с {3}
        zh: 自 {1} 起，地址 {2}，已连接：{3}

        , the last of it {}
        ru: , последнее {1}
        zh: ，最近一部分 {1}

        of {}
        ru: из {1}
        zh: ／上限 {1}

        {} today, {} this month
        ru: {1} сегодня, {2} в этом месяце
        zh: 今天 {1}，本月 {2}

        {}: the budget is used up
        ru: {1}: бюджет исчерпан
        zh: {1}：额度已用完

        {} {} without rows
        ru: {1} {1:таблица|таблицы|таблиц} без строк
        zh: {1} 个表没有行

        caravan: {}; this exchange is done all the same
        ru: caravan: {1}; этот обмен всё же выполняется
        zh: caravan: {1}；本次同步仍会进行

        {}: in sync; sent {}, received {} changesets
        ru: {1}: синхронизирован; отправлено {2}, получено {3} {3:набор|набора|наборов} изменений
        zh: {1}：已同步；发送 {2} 个、收到 {3} 个变更集

        this node has no peer to dial: add one with `caravan peer add NAME HOST:PORT`
        ru: этому узлу некого вызывать: добавьте партнёра, `caravan peer add NAME HOST:PORT`
        zh: 本节点没有可联系的对端：用 `caravan peer add NAME HOST:PORT` 添加

        changesets read
        ru: наборов изменений прочитано
        zh: 个变更集已读取

        --since and --until are for --site only
        ru: --since и --until — только для --site
        zh: --since 和 --until 只用于 --site

        say what to take back: FEED:SEQ, as `caravan log` shows it, or --site
        ru: скажите, что отменить: FEED:SEQ, как показывает `caravan log`, или --site
        zh: 请说明撤销什么：FEED:SEQ（见 `caravan log`），或 --site

        name changesets, or a site, and not both
        ru: назовите наборы изменений или узел, но не то и другое
        zh: 请指定变更集或站点，二者不可兼用

        say since when: caravan undo --site SITE --since TIME
        ru: скажите, с какого времени: caravan undo --site SITE --since TIME
        zh: 请说明从何时起：caravan undo --site SITE --since TIME

        row taken back
        ru: строка возвращена
        zh: 行已撤回

        rows taken back
        ru: строк возвращено
        zh: 行已撤回

        the row
        ru: строка
        zh: 整行

        row stays, for it was written over since
        ru: строка остаётся: после этого её изменили
        zh: 行保留，因为此后又被改写

        rows stay, for they were written over since
        ru: строк остаётся: после этого их изменили
        zh: 行保留，因为此后又被改写

        row cannot be put back
        ru: строку нельзя вернуть
        zh: 行无法恢复

        rows cannot be put back
        ru: строк нельзя вернуть
        zh: 行无法恢复

        nothing is to be taken back
        ru: отменять нечего
        zh: 没有可撤销的内容

        written as {}:{}, which can be taken back itself
        ru: записано как {1}:{2}; и это можно отменить
        zh: 已写为 {1}:{2}，它本身也可以撤销

        {}  goes
        ru: {1}  уходит
        zh: {1}  移除

        {}  comes back
        ru: {1}  возвращается
        zh: {1}  恢复

        {}  stays
        ru: {1}  остаётся
        zh: {1}  保留

        changesets checked
        ru: наборов изменений проверено
        zh: 个变更集已检查

        {} findings
        ru: находок: {1}
        zh: 发现 {1} 处问题

        {} changesets and {} signatures checked: {}
        ru: проверено наборов изменений: {1}, подписей: {2}: {3}
        zh: 已检查 {1} 个变更集和 {2} 个签名：{3}

        {} is written: read it before you send it, for members are named in it
        ru: {1} записан: прочтите, прежде чем отправить, в нём названы участники
        zh: {1} 已写出：发送前请先阅读，其中有成员的名称

        --user and --system exclude each other: write one of them
        ru: --user и --system исключают друг друга: пишите одно
        zh: --user 和 --system 不能同时使用：请写其中之一

        what stands after -- is for serve: {}
        ru: то, что стоит за --, предназначено serve: {1}
        zh: -- 之后的内容是给 serve 的：{1}

        it would be written to {}
        ru: было бы записано в {1}
        zh: 将写入 {1}

        nothing is installed
        ru: ничего не установлено
        zh: 没有安装任何服务

        done: {}
        ru: сделано: {1}
        zh: 已完成：{1}

        systemd could not be told ({}); where it runs, run:
        ru: systemd не удалось сказать ({1}); там, где он работает, выполните:
        zh: 无法通知 systemd（{1}）；请在它运行的地方执行：

        unit
        ru: юнит
        zh: unit

        not installed: `caravan service install`
        ru: не установлена: `caravan service install`
        zh: 未安装：`caravan service install`

        not as it would be written now: run `caravan service install` again
        ru: не такой, каким был бы записан теперь: выполните `caravan service install` снова
        zh: 与现在会写出的不同：请再次运行 `caravan service install`

        systemd does not say ({})
        ru: systemd не говорит ({1})
        zh: systemd 没有说明（{1}）

        server
        ru: сервер
        zh: 服务器

        starts
        ru: запускается
        zh: 启动

        by itself
        ru: сама
        zh: 自动

        only when somebody starts it
        ru: только когда кто-то запустит
        zh: 仅在有人启动时

        restarts
        ru: перезапусков
        zh: 重启次数
        """#
}
