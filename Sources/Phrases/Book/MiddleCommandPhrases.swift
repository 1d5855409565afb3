/// The messages of the commands from `import` to `repair`.
enum MiddleCommandPhrases {
    static let text = #"""
        rows read
        ru: прочитано строк
        zh: 已读取行

        --delimiter {} is none: write , or ; or tab or |
        ru: --delimiter {1} не годится: укажите , или ; или tab или |
        zh: --delimiter {1} 无效：请写 , 或 ; 或 tab 或 |

        --map {} names no column: write it as --map HEADER=COLUMN
        ru: в --map {1} не указан столбец: пишите --map HEADER=COLUMN
        zh: --map {1} 没有指明列：请写成 --map HEADER=COLUMN

        {} is a workbook; sheet {} is read
        ru: {1} — книга; читается лист {2}
        zh: {1} 是工作簿；读取工作表 {2}

        tab
        ru: табуляция
        zh: 制表符

        {} is a text in {}, with “{}” between cells
        ru: {1} — текст в кодировке {2}, разделитель ячеек — «{3}»
        zh: {1} 是 {2} 编码的文本，单元格以“{3}”分隔

        {} of {}
        ru: {1} из {2}
        zh: 第 {1} 项，共 {2} 项

        that was all
        ru: это всё
        zh: 全部完成

        the record: {}
        ru: запись: {1}
        zh: 记录：{1}

        [s] skip  [q] stop >
        ru: [s] пропустить  [q] закончить >
        zh: [s] 跳过  [q] 停止 >

        another value, as an SQL literal
        ru: другое значение, литерал SQL
        zh: 另一个值（SQL 字面量）

        keep the row
        ru: оставить строку
        zh: 保留该行

        delete it
        ru: удалить её
        zh: 删除它

        merge {} into {}
        ru: заменить {1} на {2}
        zh: 把 {1} 并入 {2}

        delete the row
        ru: удалить строку
        zh: 删除该行

        {} founded an alliance with the tables {}.
        ru: {1} основал альянс с таблицами {2}.
        zh: {1} 已创建联盟，表有 {2}。

        site      {}
        ru: узел      {1}
        zh: 站点  {1}

        folder    {}
        ru: папка     {1}
        zh: 目录  {1}

        {} is no duration: write 45s, 30m, 12h or 7d
        ru: {1} — не срок: пишите, например, 45s, 30m, 12h или 7d
        zh: {1} 不是时长：请写成 45s、30m、12h 或 7d

        an answer needs both files: --grant PETITION and --output FILE, and no --qr
        ru: для ответа нужны оба файла: --grant PETITION и --output FILE, без --qr
        zh: 答复需要两个文件：--grant PETITION 和 --output FILE，且不带 --qr

        --expires is of a code, and an answer to a petition does not expire: leave it out
        ru: --expires — срок кода, а у ответа на прошение срока нет: уберите этот параметр
        zh: --expires 是邀请码的期限，而对申请的答复没有期限：请去掉它

        the prompt runs what stands from BEGIN to COMMIT, or to ROLLBACK, once that is typed; Ctrl-C takes it back
        ru: всё от BEGIN до COMMIT или ROLLBACK выполняется, когда это набрано; Ctrl-C стирает набранное
        zh: 从 BEGIN 到 COMMIT 或 ROLLBACK 的语句在输入完后一起执行；Ctrl-C 取消已输入的内容

        {} is let in as {}; {}: take it there, for `caravan join --grant`
        ru: {1} принят с ролью {2}; {3}: отнесите этот файл туда для `caravan join --grant`
        zh: {1} 已获准加入，角色为 {2}；{3}：请把此文件带到那里，供 `caravan join --grant` 使用

        id
        ru: номер
        zh: 编号

        role
        ru: роль
        zh: 角色

        state
        ru: состояние
        zh: 状态

        expires
        ru: истекает
        zh: 到期

        by
        ru: использовал
        zh: 使用者

        give the code of an invitation, or one of --request FILE and --grant FILE
        ru: укажите код приглашения либо --request FILE или --grant FILE
        zh: 请给出邀请码，或 --request FILE 与 --grant FILE 之一

        {} joined and is in sync; tables: {}.
        ru: {1} вступил в альянс и синхронизирован; таблицы: {2}.
        zh: {1} 已加入并完成同步；表：{2}。

        {}: take it to an admin, who runs `caravan invite --grant` with it, and bring back the answer
        ru: {1}: отнесите этот файл администратору, который выполнит с ним `caravan invite --grant`, и принесите \#
        обратно ответ
        zh: {1}：请把此文件交给管理员运行 `caravan invite --grant`，再把答复带回来

        {} is no time: write 2026-05-12T08:00:00Z, 2026-05-12 or 7d
        ru: {1} — не время: пишите 2026-05-12T08:00:00Z, 2026-05-12 или 7d
        zh: {1} 不是时间：请写 2026-05-12T08:00:00Z、2026-05-12 或 7d

        void: {}
        ru: недействителен: {1}
        zh: 无效：{1}

        quarantined: {}
        ru: в карантине: {1}
        zh: 已隔离：{1}

        … and {} rows more
        en: … and {1} {1:row|rows} more
        ru: … и ещё {1} {1:строка|строки|строк}
        zh: ……还有 {1} 行

        insert {}  {}
        ru: вставка {1}  {2}
        zh: 插入 {1}  {2}

        keep {}
        ru: оставлена {1}
        zh: 保留 {1}

        update {}  {}
        ru: правка {1}  {2}
        zh: 更新 {1}  {2}

        delete {}
        ru: удаление {1}
        zh: 删除 {1}

        founded by {}
        ru: альянс основал {1}
        zh: 联盟由 {1} 创建

        admits {} as {}
        ru: принят {1}, роль {2}
        zh: 接纳 {1}，角色 {2}

        gives {} the lesser role {}
        ru: роль узла {1} понижена до {2}
        zh: 把 {1} 的角色降为 {2}

        retires {}
        ru: исключён {1}
        zh: 令 {1} 退出

        lets what {} wrote count again
        ru: снова засчитано написанное узлом {1}
        zh: 使 {1} 写入的内容重新计入

        creates table {}
        ru: создана таблица {1}
        zh: 创建表 {1}

        creates index {} on {}
        ru: создан индекс {1} таблицы {2}
        zh: 在 {2} 上创建索引 {1}

        adds column {} to {}
        ru: добавлен столбец {1} таблицы {2}
        zh: 在 {2} 中增加列 {1}

        retires column {} of {}
        ru: выведен из употребления столбец {1} таблицы {2}
        zh: 停用 {2} 的列 {1}

        retired
        ru: исключён
        zh: 已退出

        {} (waits for an admin)
        ru: {1} (ждёт администратора)
        zh: {1}（等待管理员）

        {} {} is no time: write RFC 3339, YYYY-MM-DD, or 7d
        ru: {1} {2} — не время: пишите RFC 3339, YYYY-MM-DD или 7d
        zh: {1} {2} 不是时间：请写 RFC 3339、YYYY-MM-DD 或 7d

        {} already: nothing is changed
        ru: {1}: уже так, ничего не изменено
        zh: {1}：已经如此，没有改动

        nothing that {} wrote is quarantined: nothing is changed
        ru: из написанного узлом {1} ничего не в карантине: ничего не изменено
        zh: {1} 写的内容没有被隔离：没有改动

        There is no node in {}.
        ru: В {1} нет узла.
        zh: {1} 中没有节点。

        found an alliance
        ru: основать альянс
        zh: 创建联盟

        join one, by an invitation
        ru: вступить по приглашению
        zh: 凭邀请加入

        all commands
        ru: все команды
        zh: 所有命令

        not a member yet
        ru: ещё не участник
        zh: 尚不是成员

        , {}, in {}
        ru: , {1}, в {2}
        zh: ，{1}，位于 {2}

        `serve` does not run
        ru: `serve` не работает
        zh: `serve` 未运行

        `serve` runs
        ru: `serve` работает
        zh: `serve` 正在运行

        table
        ru: таблица
        zh: 表

        something is wrong
        ru: что-то не в порядке
        zh: 有问题

        bring in the first member
        ru: пригласить первого участника
        zh: 邀请第一个成员

        say whom to exchange with
        ru: указать, с кем обмениваться
        zh: 指定与谁同步

        something is to be exchanged
        ru: есть чем обменяться
        zh: 有内容待同步

        exchange once
        ru: обменяться один раз
        zh: 同步一次

        keep in sync from now on
        ru: синхронизироваться постоянно
        zh: 从现在起保持同步

        all about this node
        ru: всё об этом узле
        zh: 本节点的全部情况

        next
        ru: дальше
        zh: 下一步

        , who wrote {} rows put right
        en: , who wrote {1} {1:row|rows} put right
        ru: , исправлено сведений об авторах строк: {1}
        zh: ，其中 {1} 行的作者信息已更正

        {}: {} rows put back, {} rows kept as edits{}
        en: {1}: {2} {2:row|rows} put back, {3} {3:row|rows} kept as edits{4}
        ru: {1}: возвращено строк: {2}, сохранено как правки: {3}{4}
        zh: {1}：{2} 行已放回，{3} 行作为修改保留{4}

        {}: {} rows put back, {} rows kept in {}, for this node may not write{}
        en: {1}: {2} {2:row|rows} put back, {3} {3:row|rows} kept in {4}, for this node may not write{5}
        ru: {1}: возвращено строк: {2}, сохранено в {4}, так как этому узлу писать нельзя: {3}{5}
        zh: {1}：{2} 行已放回；本节点不可写入，{3} 行保存在 {4} 中{5}

        {}; {} changesets count no more
        en: {1}; {2} {2:changeset counts|changesets count} no more
        ru: {1}; больше не {2:засчитывается|засчитываются|засчитываются} {2} {2:набор|набора|наборов} изменений
        zh: {1}；{2} 个变更集不再计入

        {}; {} changesets count again
        en: {1}; {2} {2:changeset counts|changesets count} again
        ru: {1}; снова {2:засчитывается|засчитываются|засчитываются} {2} {2:набор|набора|наборов} изменений
        zh: {1}；{2} 个变更集重新计入

        {} rows in {} tables; {}
        en: {1} {1:row|rows} in {2} {2:table|tables}; {3}
        ru: {1} {1:строка|строки|строк} в {2} {2:таблице|таблицах|таблицах}; {3}
        zh: {2} 个表共 {1} 行；{3}

        {} things wait for a decision
        en: {1} {1:thing waits|things wait} for a decision
        ru: {1:ждёт|ждут|ждут} решения: {1}
        zh: {1} 项待决定

        tables
        ru: таблицы
        zh: 表
        """#
}
